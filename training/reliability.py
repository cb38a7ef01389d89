"""Draw how often entities of each confidence were right, from a report of ``taskie evaluate``.

    taskie evaluate shipped . --split test --report report.json
    python training/reliability.py report.json --out docs/reliability.png

Needs matplotlib (extra ``train``).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def panel(axis: Any, row: str, figures: dict[str, Any]) -> None:
    """Draw one row of the report: a bar a bin, the darker the more predictions, and the mean confidence on it."""
    for low, high, count, confidence, right in figures["bins"]:
        if count:
            depth = 0.25 + 0.75 * (count / figures["count"]) ** 0.5
            axis.bar((low + high) / 2, right, high - low, color="#2f6db5", alpha=depth, edgecolor="white")
            axis.plot([low, high], [confidence, confidence], color="#d9480f", linewidth=1.5)
            axis.annotate(str(count), ((low + high) / 2, 0.02), ha="center", fontsize=4.5)
    axis.plot([0, 1], [0, 1], color="gray", linestyle="--", linewidth=0.8)
    axis.set_xlim(0, 1)
    axis.set_ylim(0, 1)
    axis.set_aspect("equal")
    name = {"ece": "all entities", "ece:units": "units of tasks"}.get(row, row.partition(":")[2])
    axis.set_title(f"{name}: ECE {figures['value']:.3f}\n({figures['chance']:.3f} by chance)", fontsize=9)
    axis.set_xlabel("confidence", fontsize=8)
    axis.tick_params(labelsize=7)


def main() -> None:
    """Read the command line and draw."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path, help="JSON report of taskie evaluate")
    parser.add_argument("--out", type=Path, required=True, help="picture to write")
    args = parser.parse_args()
    rows = json.loads(args.report.read_text(encoding="utf-8"))["lines"]["predicted"]["rows"]
    shown = {name: row for name, row in rows.items() if name.startswith("ece") and row["count"]}
    figure, axes = pyplot.subplots(1, len(shown), figsize=(2.3 * len(shown), 2.9), layout="constrained", squeeze=False)
    for axis, (name, row) in zip(axes[0], shown.items(), strict=True):
        panel(axis, name, row)
    axes[0][0].set_ylabel("share that is right", fontsize=8)
    figure.savefig(args.out, dpi=110)


if __name__ == "__main__":
    main()
