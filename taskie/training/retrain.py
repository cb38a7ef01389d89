"""Train on newly annotated documents, on top of a model, and tell whether the result is better than that model.

Boundary: from documents to a folder; the training itself is ``tagger``, which documents judge ``held_out``, the decision
to keep ``judging``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskie.evaluation.gold import Gold
from taskie.extractor import load
from taskie.relations.link_file import LINKS_FILE, load_links, save_links
from taskie.structure.learned import NO_WORDS, WORDS_FILE, load_words
from taskie.training.augment import AugmentConfig, Augmenter
from taskie.training.batches import TrainingText
from taskie.training.finish import finish_model
from taskie.training.held_out import SPLIT_FILE, split_documents
from taskie.training.judging import Judges, refusal, score_sets
from taskie.training.links import join_links, train_links
from taskie.training.network import NetworkConfig
from taskie.training.replay import REPLAY_FILE, VALIDATION_FILE, read_replay, read_validation
from taskie.training.structure_words import Learned, learn_words
from taskie.training.tagger import TrainingConfig, train_tagger
from taskie.training.texts import stretch_text

# Learns from texts, watches others, and writes a model that is ready to use into a folder.
Learner = Callable[[Sequence[TrainingText], Sequence[TrainingText], Path], None]
REPORT_FILE = "report.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a training: scores before and after by set of documents, and whether the model was kept."""

    before: dict[str, dict[str, float]]
    after: dict[str, dict[str, float]]
    kept: bool
    folder: Path
    reason: str
    learned: tuple[str, ...] = ()
    not_learned: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "before": self.before,
            "after": self.after,
            "kept": self.kept,
            "folder": str(self.folder),
            "reason": self.reason,
            "learned": list(self.learned),
            "not_learned": list(self.not_learned),
        }


def keep_tagger(base: Path) -> Learner:
    """Return a learner that takes the tagger of ``base`` as it is, so that only words of structure and links are learned."""

    def learn(texts: Sequence[TrainingText], watched: Sequence[TrainingText], out: Path) -> None:
        out.mkdir(parents=True)
        for file in base.iterdir():
            if file.is_file():
                (out / file.name).write_bytes(file.read_bytes())

    return learn


def retrain(
    found: Sequence[Gold], *, base: Path | None, out: Path, config: TrainingConfig, replay: bool = True, force: bool = False,
    resume: bool = False, learn: Learner | None = None, progress: Callable[[str], None] = print,
) -> Outcome:  # fmt: skip
    """Train on ``found`` on top of the model in ``base`` (``None``: from nothing), and keep the result in ``out``.

    A result that is worse on the held-out documents, or loses more of the old ones than ``MAX_FORGOTTEN`` (entities; links
    and whole records, where the base has documents with them), is written to ``out`` with ``.refused`` behind its name
    instead, unless ``force``. The same holds where ``out`` already has a better model. ``resume`` goes on where an
    interrupted run stopped. Without ``replay`` the old training texts are not learned again; the old validation documents
    are watched and judge all the same.

    ``learn`` takes the place of the own trainer, as another backend does: then ``config`` is not used, the weights of
    ``base`` are not either, and nothing is resumed; splits, the texts of ``base`` and the decision stay the same.
    """
    training, held_out = split_documents(found, out / SPLIT_FILE)
    old = read_replay(base / REPLAY_FILE) if base else {"train": [], "validation": []}
    texts = [_training_text(gold) for gold in training] + (old["train"] if replay else [])
    watched = [_training_text(gold) for gold in held_out] + old["validation"] or texts
    checkpoint = out / "checkpoint.pt"
    if not resume:
        checkpoint.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        candidate = Path(folder) / "candidate"
        if learn:
            learn(texts, watched, candidate)
        else:
            trained = Path(folder) / "trained"
            train_tagger(
                texts, watched, network=_network_of(base), config=config, out=trained, init=base, checkpoint=checkpoint,
                progress=progress, augment=Augmenter(AugmentConfig(patterns=0.0)),
                extra={"trained_on": [gold.name for gold in training]},
            )  # fmt: skip
            finish_model(trained, candidate, watched)
        learned = _learn_structure(candidate, base, training, old)
        _link_models(candidate, base, training, held_out)
        for name in (REPLAY_FILE, VALIDATION_FILE):
            if base and (base / name).exists():
                (candidate / name).write_bytes((base / name).read_bytes())
        known = read_validation(base / VALIDATION_FILE) if base else []
        documents = Judges(held_out or training, old["validation"], known)
        outcome = _decide(candidate, out, base, documents, force, learned)
    checkpoint.unlink(missing_ok=True)
    return outcome


def _training_text(gold: Gold) -> TrainingText:
    start, end = gold.annotated[0][0], gold.annotated[-1][1]
    return stretch_text(gold.name, gold.document.text, gold.document.entities, start, end)


def _network_of(base: Path | None) -> NetworkConfig:
    if base is None:
        return NetworkConfig()
    return NetworkConfig(**json.loads((base / "meta.json").read_text("utf-8"))["settings"]["network"])


def _learn_structure(
    candidate: Path, base: Path | None, training: Sequence[Gold], old: dict[str, list[TrainingText]]
) -> Learned:
    """Learn words of structure beside those of the base, and put all of them beside the candidate."""
    known = load_words(base) if base else NO_WORDS
    texts = [(text.text, text.entities) for split in old.values() for text in split]
    learned = learn_words(training, old=texts, known=known)
    words = known.merged(learned.words)
    if words:
        words.save(candidate)
    return learned


def _link_models(candidate: Path, base: Path | None, training: Sequence[Gold], held_out: Sequence[Gold]) -> None:
    """Learn scores and confidences of links anew, kind by kind, where there is enough to learn from; else keep the base's."""
    extractor = load(candidate)
    before = load_links(base) if base else None
    models = join_links(train_links(extractor, training, held_out), before)
    if models:
        named = [gold.name for gold in training if "records" in gold.layers]
        save_links(models, candidate / LINKS_FILE, trained_on=named)


def _decide(candidate: Path, out: Path, base: Path | None, documents: Judges, force: bool, learned: Learned) -> Outcome:
    current = out if (out / "meta.json").exists() else base
    after = score_sets(load(candidate), documents)
    before = score_sets(load(current), documents) if current else {}
    reason = refusal(before, after)
    kept = force or reason is None
    target = out if kept else out.with_name(out.name + ".refused")
    target.mkdir(parents=True, exist_ok=True)
    # What the folder had learned before is part of the candidate's words, or was refused with it.
    (target / WORDS_FILE).unlink(missing_ok=True)
    for file in candidate.iterdir():
        (target / file.name).write_bytes(file.read_bytes())
    outcome = Outcome(
        before, after, kept, target, reason or "better than the model before", tuple(learned.words.lines()), learned.dropped
    )  # fmt: skip
    (target / REPORT_FILE).write_text(
        json.dumps(outcome.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return outcome
