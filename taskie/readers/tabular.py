"""Read .csv and .tsv files as one table."""

from __future__ import annotations

import csv
import io

from taskie.errors import ReadError
from taskie.places import Place
from taskie.readers.decode import decode_text
from taskie.readers.source import SourceText, TextBuilder


def read_delimited(data: bytes, name: str) -> SourceText:
    """Read delimited text; the delimiter is a tab for .tsv, else the one of , ; and tab that the first lines use most."""
    text = decode_text(data, name)
    head = text[:4000]
    delimiter = "\t" if name.lower().endswith(".tsv") else max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise ReadError(f"{name}: not readable as delimited text: {error}; is a quotation mark left open?") from error
    builder = TextBuilder()
    builder.table(rows, Place(table=1))
    return builder.build("delimited")
