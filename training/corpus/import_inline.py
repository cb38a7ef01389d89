"""Take inline-marked documents into the corpus: text to corpus/, offsets to annotations/.

    python training/corpus/import_inline.py FOLDER --prefix doc_ [--sheets sheets/]

Running it again replaces what came from the same files; other documents stay. A sheet of the same number gives
the document's kind, place and layout.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from taskie.corpus.inline import read_inline
from taskie.corpus.store import write_annotation
from taskie.records import Document

ROOT = Path(__file__).resolve().parents[2]
_TABLE = re.compile(r"序号|编号|\t.*\t|\|.*\|")


def describe(text: str, sheet: Path | None) -> dict[str, object]:
    """Return what is known of a document: from its sheet, else by its look."""
    if sheet is not None and sheet.exists():
        data = json.loads(sheet.read_text(encoding="utf-8"))
        return {key: data[key] for key in ("kind", "province", "level", "year", "occasion", "layout") if key in data}
    return {"kind": "table" if len(_TABLE.findall(text)) > 2 or "序号" in text else "prose"}


def main() -> None:
    """Import all .txt files of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--prefix", default="doc_")
    parser.add_argument("--sheets", type=Path)
    args = parser.parse_args()
    count = 0
    for path in sorted(args.folder.glob("*.txt")):
        text, entities = read_inline(path.read_text(encoding="utf-8"), name=str(path))
        sheet = args.sheets / f"{path.stem}.json" if args.sheets else None
        document = Document(text=text, entities=entities)
        write_annotation(ROOT, args.prefix + path.stem, document, layers=("entities",), meta=describe(text, sheet))
        count += 1
    print(f"{count} documents")


if __name__ == "__main__":
    main()
