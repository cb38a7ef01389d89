"""Train HanLP's recurrent tagger on the same texts as the own one, and save a folder that ``taskie.load`` takes.

    python -m taskie.training.hanlp --out model/    # on the train split of the corpus

Needs the ``hanlp`` extra. HanLP trains in a temporary folder; its pickle of weights is read back with
``weights_only`` and written anew as plain arrays.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import io
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskie.corpus.store import corpus_root
from taskie.errors import MissingDependencyError
from taskie.ner.characters import normal_character
from taskie.ner.decoding import TAGS
from taskie.ner.hanlp_backend import load_hanlp, missing_hanlp, save_hanlp
from taskie.ner.meta import META_FILE, write_meta
from taskie.ner.windows import WindowTagger

try:
    import torch
    from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer

    from taskie.training.batches import TrainingText, tag_ids
    from taskie.training.finish import fit_calibration, fit_shown_confidence
    from taskie.training.model_folder import checksums
    from taskie.training.tagger_scores import count_spans, f_scores
    from taskie.training.texts import DataConfig, training_texts
except ImportError as error:
    raise missing_hanlp(error) from error

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HanlpConfig:
    """How to train. ``limit_s`` above 0 begins no epoch after that many seconds."""

    seed: int = 1
    epochs: int = 10
    batch: int = 24
    window: int = 224
    learning_rate: float = 0.002
    min_count: int = 2
    embed: int = 128
    hidden: int = 192
    dropout: float = 0.4
    patience: int = 4
    threads: int = 1
    limit_s: int = 0


class _TimeIsUp(Exception):
    """Ends HanLP's loop, which knows no limit of time."""


class _Recognizer(RNNNamedEntityRecognizer):
    """HanLP's recognizer that tells of its epochs, keeps to a limit of time and skips scores on the training texts."""

    tell: Progress
    ends_at: float

    def fit_dataloader(self, trn: Any, *args: Any, **kwargs: Any) -> None:
        if time.monotonic() > self.ends_at:
            raise _TimeIsUp
        self.began = time.perf_counter()
        super().fit_dataloader(trn, *args, **kwargs)

    def update_metrics(self, *args: Any, **kwargs: Any) -> None:
        # Scoring each training batch takes a fifth of the time and decides nothing.
        if not self.model.training:
            super().update_metrics(*args, **kwargs)

    def evaluate_dataloader(self, *args: Any, **kwargs: Any) -> Any:
        loss, metric = super().evaluate_dataloader(*args, **kwargs)
        self.epoch = getattr(self, "epoch", 0) + 1
        self.tell(
            f"epoch {self.epoch:2d}  loss {loss:.4f}  F1 {metric.score:.4f}  {time.perf_counter() - self.began:.0f} s"
        )
        return loss, metric


def train_hanlp(
    training: Sequence[TrainingText], validation: Sequence[TrainingText], *, config: HanlpConfig, out: Path,
    extra: dict[str, Any] | None = None, progress: Progress = print,
) -> dict[str, Any]:  # fmt: skip
    """Train on ``training``, keep the epoch best on ``validation``, save to ``out`` and return the scores.

    HanLP's defaults hold but for the sizes and rates in ``config``: BIO tags, no CRF, Adam, halved on a plateau.
    """
    torch.set_num_threads(config.threads)
    known = _known_characters(training, config.min_count)
    recognizer = _Recognizer()
    recognizer.tell = _outside(progress)
    recognizer.ends_at = time.monotonic() + config.limit_s if config.limit_s else float("inf")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, _quiet():
        try:
            recognizer.fit(
                _samples(training, config.window, known), _samples(validation or training, config.window, known), folder,
                batch_size=config.batch, epochs=config.epochs, embed=config.embed, rnn_hidden=config.hidden,
                drop=config.dropout, lr=config.learning_rate, patience=config.patience, crf=False,
                tagging_scheme="BIO", seed=config.seed, devices=-1, logger=_silent_logger(),
            )  # fmt: skip
        except _TimeIsUp:
            recognizer.load_weights(folder)
    trained = {"epochs": recognizer.epoch, "seconds": round(time.perf_counter() - began)}
    characters, tags = _vocabularies(recognizer)
    settings = {"backend": "hanlp", "training": dataclasses.asdict(config)}
    sizes = {"embed": config.embed, "rnn_hidden": config.hidden, "drop": config.dropout}
    data = {"training": checksums(training), "validation": checksums(validation)}
    meta = {"settings": settings, "trained": trained, "data": data, "hanlp_version": _version(), **(extra or {})}
    save_hanlp(out, recognizer.model, characters=characters, tags=tags, sizes=sizes, extra=meta)
    return _finish(out, validation or training)


def _finish(out: Path, validation: Sequence[TrainingText]) -> dict[str, Any]:
    """Add the calibration and the scores of the saved model to its ``meta.json``, and return the scores."""
    meta = json.loads((out / META_FILE).read_text(encoding="utf-8"))
    tagger = load_hanlp(out, meta)
    meta["calibration"] = fit_calibration(tagger, validation)
    meta["scores"] = score_texts(tagger, validation)
    write_meta(out, meta)
    fit_shown_confidence(out, load_hanlp(out, meta), validation)
    return meta["scores"]


def score_texts(tagger: WindowTagger, texts: Sequence[TrainingText]) -> dict[str, Any]:
    """Return micro F1 and F1 per label over whole texts."""
    counts: Counter[tuple[str, str]] = Counter()
    for text in texts:
        counts += count_spans(((e.start, e.end, e.label) for e in tagger.predict(text.text)), text.entities)
    return f_scores(counts)


def _known_characters(texts: Sequence[TrainingText], min_count: int) -> set[str]:
    counts = Counter(normal_character(c) for text in texts for c in text.text)
    return {c for c, n in counts.items() if n >= min_count}


def _samples(texts: Sequence[TrainingText], window: int, known: set[str]) -> list[dict[str, list[str]]]:
    """Cut each text into windows; rare characters become HanLP's unknown one, so that it is trained."""
    samples = []
    for text in texts:
        tokens = [c if (c := normal_character(raw)) in known else "<unk>" for raw in text.text]
        tags = [TAGS[i] for i in tag_ids(text.text, text.entities)]
        for start in range(0, len(tokens), window):
            samples.append({"token": tokens[start : start + window], "tag": tags[start : start + window]})
    return samples


def _vocabularies(recognizer: Any) -> tuple[str, list[str]]:
    """Return the characters behind padding and unknown, and the tags, in the order of HanLP's ids."""
    characters = recognizer.vocabs["token"].idx_to_token
    tags = recognizer.vocabs["tag"].idx_to_token
    if characters[:2] != ["<pad>", "<unk>"] or any(len(c) != 1 for c in characters[2:]):
        raise MissingDependencyError(
            f"this HanLP ({_version()}) numbers characters otherwise than 2.1; pip install 'taskie[hanlp]'"
        )
    return "".join(characters[2:]), list(tags)


def _version() -> str:
    import hanlp

    return str(hanlp.__version__)


def _silent_logger() -> logging.Logger:
    logger = logging.getLogger("taskie.training.hanlp.silent")
    logger.propagate = False
    logger.setLevel(logging.CRITICAL)
    return logger


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep away the progress lines that HanLP writes to standard output and, past any redirection, to error."""
    from hanlp.utils import log_util

    sink = io.StringIO()
    before = log_util.ErasablePrinter.erase, log_util._printer.out
    log_util.ErasablePrinter.erase, log_util._printer.out = lambda self: None, sink
    try:
        with contextlib.redirect_stdout(sink):
            yield
    finally:
        log_util.ErasablePrinter.erase, log_util._printer.out = before


def _outside(progress: Progress) -> Progress:
    """Return ``progress`` that writes where the caller's standard output goes, within ``_quiet`` too."""
    stream = sys.stdout

    def tell(line: str) -> None:
        with contextlib.redirect_stdout(stream):
            progress(line)

    return tell


def main(argv: Sequence[str] | None = None) -> int:
    """Train on the corpus from the command line."""
    parser = argparse.ArgumentParser(description="Train HanLP's recurrent tagger on the corpus.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--root", type=Path, help="folder with corpus/ and annotations/ (default: the repository)")
    for field in dataclasses.fields(HanlpConfig):
        kind = float if isinstance(field.default, float) else int
        parser.add_argument(
            f"--{field.name.replace('_', '-')}", type=kind, default=field.default, help=f"default: {field.default}"
        )
    args = vars(parser.parse_args(argv))
    out, root = args.pop("out"), corpus_root(args.pop("root"))
    # HanLP knows no weights of documents.
    training, validation = (training_texts(root, split, DataConfig()) for split in ("train", "validation"))
    scores = train_hanlp(
        training, validation, config=HanlpConfig(**args), out=out,
        progress=lambda line: print(line, file=sys.stderr, flush=True),
    )  # fmt: skip
    print(json.dumps(scores, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
