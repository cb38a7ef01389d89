"""brat: a folder with a text, its stand-off annotation, and the configuration of labels and relations.

Source: brat manual, "Standoff format" and "Annotation configuration". Offsets count code points. A mention that goes
over a line end is written in parts, as brat wants it, and joined again when read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from taskie.errors import ReadError
from taskie.interchange.json_files import read_text_file
from taskie.interchange.marks import MENTION_LABELS, TAIL_LABELS, TARGET, MarkedText, Mention
from taskie.interchange.reading import Entry, Reading

ENDING = ""
CONFIG = "annotation.conf"
_NOT_NEWLINE = re.compile(r"[^\n]+")
_SPANS = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
_ARGUMENTS = re.compile(r"(\S+) Arg1:(\S+) Arg2:(\S+)\s*")


def write_brat(texts: Sequence[MarkedText], path: Path) -> list[Path]:
    """Write ``ID.txt`` and ``ID.ann`` for each text into the folder ``path``, and ``annotation.conf``."""
    path.mkdir(exist_ok=True)
    written = [path / CONFIG]
    written[0].write_text(annotation_config(), encoding="utf-8")
    for marked in texts:
        text_path, annotation_path = path / f"{marked.id}.txt", path / f"{marked.id}.ann"
        text_path.write_bytes(marked.text.encode("utf-8"))
        annotation_path.write_bytes(_annotation(marked).encode("utf-8"))
        written += [text_path, annotation_path]
    return written


def annotation_config() -> str:
    """Return the configuration: labels, relations, and that entities may lie inside targets."""
    relations = "".join(f"{label}\tArg1:{TARGET}, Arg2:{tail}\n" for label, tail in TAIL_LABELS.items())
    labels = "".join(f"{label}\n" for label in MENTION_LABELS)
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
    return f"[entities]\n{labels}\n[relations]\n{overlap}{relations}\n[events]\n\n[attributes]\n"


def _annotation(marked: MarkedText) -> str:
    keys = {mention: f"T{i}" for i, mention in enumerate(marked.mentions, 1)}
    lines = [f"{key}\t{mention.label} {_parts(marked.text, mention)}" for mention, key in keys.items()]
    lines += [f"R{i}\t{r.label} Arg1:{keys[r.head]} Arg2:{keys[r.tail]}\t" for i, r in enumerate(marked.relations, 1)]
    return "".join(line + "\n" for line in lines)


def _parts(text: str, mention: Mention) -> str:
    """Return the offsets of the parts between line ends and, behind a tab, their words."""
    found = [m.span() for m in _NOT_NEWLINE.finditer(text, mention.start, mention.end)]
    offsets = ";".join(f"{start} {end}" for start, end in found)
    return f"{offsets}\t{' '.join(text[start:end] for start, end in found)}"


def read_brat(path: Path) -> Reading:
    """Read a folder of ``.txt`` and ``.ann`` files, or one ``.ann`` file; notes and attributes are not read."""
    reading = Reading()
    files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
    if not files:
        raise ReadError(f"{path}: the folder holds no .ann file")
    for file in files:
        text_path = file.with_suffix(".txt")
        try:
            entry = Entry(str(file), file.stem, read_text_file(text_path))
            lines = read_text_file(file).split("\n")
        except ReadError as error:
            reading.problems.append(f"{file}: {error}" if str(text_path) in str(error) else str(error))
            continue
        _read_lines(lines, entry)
        reading.add(entry)
    return reading


def _read_lines(lines: list[str], entry: Entry) -> None:
    numbered = [(f"{entry.where}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]
    for where, line in numbered:
        if line[0] == "T":
            _read_mention(line, entry, where)
        elif line[0] not in "RAMN#":
            entry.problem(
                f"{line.split()[0]!r} is no line that is read; read are T (text) and R (relation)", where=where
            )
    for where, line in numbered:
        if line[0] == "R":
            match = _ARGUMENTS.fullmatch(line.partition("\t")[2])
            if match:
                entry.relation(match[1], match[2], match[3], where=where)
            else:
                entry.problem(f"expected 'R1<tab>label Arg1:T1 Arg2:T2', got {line!r}", where=where)


def _read_mention(line: str, entry: Entry, where: str) -> None:
    key, _, rest = line.partition("\t")
    described, _, words = rest.partition("\t")
    match = _SPANS.fullmatch(described)
    if not match:
        entry.problem(f"expected 'T1<tab>label start end<tab>text', got {line!r}", where=where)
        return
    parts = [tuple(map(int, part.split())) for part in match[2].split(";")]
    gaps = [entry.text[a[1] : b[0]] for a, b in zip(parts, parts[1:], strict=False)]
    if any(gap.strip() or "\n" not in gap for gap in gaps):
        entry.problem(f"{key} leaves out text in the middle; a mention is one stretch", where=where)
        return
    printed = " ".join(entry.text[start:end] for start, end in parts)
    start, end = parts[0][0], parts[-1][1]
    wrong = words if end <= len(entry.text) and words != printed else None
    entry.mention(key, start, end, match[1], where=where, text=wrong)
