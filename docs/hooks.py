"""Fill the pages with figures that belong to the model and the corpus as they stand, and with the commands' help."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LABELS = ("ORG", "PROJECT", "QUANTITY", "DEADLINE")


def on_page_markdown(markdown: str, **_: object) -> str:
    """Replace the marks in a page; a page without any stays as it is."""
    for mark, fill in (("model-scores", model_scores), ("corpus-figures", corpus_figures), ("commands", commands)):
        comment = f"<!-- {mark} -->"
        if comment in markdown:
            markdown = markdown.replace(comment, fill())
    return markdown


def model_scores() -> str:
    """Return the scores that are stored with the shipped model, as a table."""
    meta = json.loads((ROOT / "taskie/models/notice_zh/meta.json").read_text(encoding="utf-8"))
    scores, data = meta["scores"], meta["data"]
    lines = ["| label | F1 on the validation documents |", "|---|---|"]
    lines += [f"| {label} | {scores['labels'][label]:.3f} |" for label in LABELS if label in scores["labels"]]
    lines.append(f"| all (micro) | {scores['f1']:.3f} |")
    sizes = [
        f"{name}: {part['documents']} documents, {part['characters']:,} characters"
        for name, part in data.items()
        if "documents" in part
    ]
    return "\n".join([*lines, "", "Documents the model was made with: " + "; ".join(sizes) + "."])


def corpus_figures() -> str:
    """Return counts of the corpus by split, as a table."""
    from taskie.corpus.store import SPLITS, read_corpus

    documents, characters, entities = Counter(), Counter(), {split: Counter() for split in SPLITS}
    for found in read_corpus(ROOT):
        documents[found.split] += 1
        characters[found.split] += len(found.document.text)
        entities[found.split].update(entity.label for entity in found.document.entities)
    lines = ["| split | documents | characters | " + " | ".join(LABELS) + " |", "|---" * (3 + len(LABELS)) + "|"]
    for split in SPLITS:
        counts = " | ".join(f"{entities[split][label]:,}" for label in LABELS)
        lines.append(f"| {split} | {documents[split]} | {characters[split]:,} | {counts} |")
    return "\n".join(lines)


def commands() -> str:
    """Return the help of the command and all its subcommands."""
    os.environ["COLUMNS"] = "100"
    from taskie.cli.main import COMMANDS, build_parser

    parser = build_parser()
    subparsers = next(action for action in parser._actions if action.dest == "command")
    parts = ["```text\n" + parser.format_help() + "```"]
    for name in COMMANDS:
        parts.append(f"## taskie {name}\n\n```text\n{subparsers.choices[name].format_help()}```")
        nested = [action for action in subparsers.choices[name]._actions if action.dest == "action"]
        for inner, sub in nested[0].choices.items() if nested else ():
            parts.append(f"### taskie {name} {inner}\n\n```text\n{sub.format_help()}```")
    return "\n\n".join(parts)
