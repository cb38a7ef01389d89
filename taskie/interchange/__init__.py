"""Exchange annotations with Label Studio, doccano, Prodigy, brat, spaCy and the ledger's workbook, both ways."""

from taskie.interchange.documents import to_document
from taskie.interchange.formats import FORMATS, read_marked, write_marked
from taskie.interchange.marks import MarkedText, Mention, Relation, mark
from taskie.interchange.reading import Reading

__all__ = [
    "FORMATS", "MarkedText", "Mention", "Reading", "Relation", "mark", "read_marked", "to_document", "write_marked",
]  # fmt: skip
