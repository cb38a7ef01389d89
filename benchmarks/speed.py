"""Time taskie beside a tagger of bert-base shape: characters a second on one core, and peak memory.

    python benchmarks/speed.py [--model DIR] [--rounds 5]

All figures come from one run on one core, warmed up; each is the median of the rounds. The reference has random weights
(its speed does not depend on them), runs by ONNX Runtime as taskie's own network does, and needs the ``train`` extra.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
# Windows of the reference, and how many characters it is timed on: it is slow.
WINDOW, REFERENCE_CHARACTERS = 512, 4096


def texts(limit: int) -> list[str]:
    """Return documents of the corpus, about ``limit`` characters in all."""
    found: list[str] = []
    for path in sorted((ROOT / "corpus").glob("doc_*.txt")):
        if sum(map(len, found)) >= limit:
            break
        found.append(path.read_text(encoding="utf-8"))
    return found


def median_speed(job: Callable[[], object], characters: int, rounds: int) -> float:
    """Return characters a second, the median of ``rounds`` behind one round to warm up."""
    job()
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - began)
    return characters / statistics.median(seconds)


def reference_session() -> object:
    """Build a tagger of bert-base shape (12 layers of 768, 12 heads, 3,072) with random weights, in ONNX."""
    import onnxruntime
    import torch
    from torch import nn

    class Reference(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embedding = nn.Embedding(21128, 768)
            layer = nn.TransformerEncoderLayer(768, 12, 3072, batch_first=True, activation="gelu")
            self.encoder = nn.TransformerEncoder(layer, 12, enable_nested_tensor=False)
            self.output = nn.Linear(768, 9)

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            return self.output(self.encoder(self.embedding(ids)))

    torch.manual_seed(0)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = str(Path(folder) / "reference.onnx")
        ids = torch.ones(1, WINDOW, dtype=torch.int64)
        torch.onnx.export(Reference().eval(), (ids,), file, input_names=["ids"], opset_version=17, dynamo=False)
        return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="model folder (default: the shipped model)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-reference", action="store_true", help="leave the reference out")
    args = parser.parse_args()
    from taskie.extractor import load
    from taskie.ner.tagger import default_model_path

    path = args.model or default_model_path()
    began = time.perf_counter()
    extractor = load(path)
    extractor.extract("一、修渠。")
    loaded = time.perf_counter() - began
    documents = texts(60_000)
    characters = sum(map(len, documents))
    tagger = median_speed(lambda: [extractor.tagger.predict(t) for t in documents], characters, args.rounds)
    whole = median_speed(lambda: [extractor.extract(t) for t in documents], characters, args.rounds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(f.stat().st_size for f in Path(path).iterdir()) / 2**20
    print(f"{len(documents)} documents, {characters:,} characters, one core, median of {args.rounds}")
    print(f"{'taskie.extract':24}{whole:>12,.0f} characters/s")
    print(f"{'its tagger alone':24}{tagger:>12,.0f} characters/s")
    print(f"model {size:.1f} MB, loaded with the first call in {loaded:.2f} s, peak memory {memory:.0f} MB")
    if args.no_reference:
        return
    import numpy as np

    session = reference_session()
    ids = np.ones((1, WINDOW), np.int64)
    reference = median_speed(
        lambda: [session.run(None, {"ids": ids}) for _ in range(REFERENCE_CHARACTERS // WINDOW)],  # type: ignore[attr-defined]
        REFERENCE_CHARACTERS, args.rounds,
    )  # fmt: skip
    print(f"{'bert-base-shaped tagger':24}{reference:>12,.0f} characters/s")
    print(f"taskie's tagger is {tagger / reference:.0f} times as fast, taskie.extract {whole / reference:.0f} times")


if __name__ == "__main__":
    main()
