"""The records that ``taskie.extract`` returns: small frozen objects and their JSON form.

Offsets count Unicode code points of ``Document.text``, half-open, so that
``text[start:end]`` is the span as printed. The public contract is schema 1.0.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from taskie.errors import ReadError
from taskie.places import Place, place_at

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1.0"
LABELS = ("ORG", "PROJECT", "QUANTITY", "DEADLINE")
KINDS = ("notice", "progress_table", "plain")
ROLES = ("lead", "responsible", "cooperating")
BOUNDS = ("ge", "le", "approx", "eq")
CHANGES = ("increase", "decrease", "maintain", "reach")
DEADLINE_SOURCES = ("clause", "sentence", "task", "document")
COMMITMENTS = ("ensure", "strive")


@dataclass(frozen=True, slots=True)
class Entity:
    """A tagged span; ``confidence`` is the tagger's probability for it, or ``None`` if it has none."""

    label: str
    text: str
    start: int
    end: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of the document: ``document.text[start:end] == text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Period:
    """The time a document plans or reports, as ISO dates, both ends included."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A body with a role in a task; ``source`` says what the role was read from.

    ``name`` is the span without inner white space. ``source`` is one of ``label`` (牵头单位：…),
    ``column``, ``first_listed``, ``document_rule``, ``inherited``, ``sentence``. ``full_name``
    restores an elided head or resolves an alias where one is known.
    """

    name: str
    role: str
    start: int
    end: int
    source: str | None = None
    full_name: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something is to be done.

    ``text``, ``start`` and ``end`` are ``None`` where only the document's period is implied
    (``source == "document"``). ``date`` is the last day, ``start_date`` the first where the text
    gives a range. ``kind`` tells how it was read (``date``, ``range``, ``stages``, ``recurring``,
    ``duration``, ``open_ended``, ``event``, ``unresolved``); ``stages`` holds all dates of several.
    """

    text: str | None
    start: int | None = None
    end: int | None = None
    date: str | None = None
    start_date: str | None = None
    source: str = "clause"
    kind: str | None = None
    stages: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project named in a target."""

    name: str
    start: int
    end: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount that a target sets, in base units (guidelines, section 4).

    ``confidence`` is that of the amount as a measure of its target, ``indicator_confidence`` that of what it measures.
    """

    indicator: str | None
    text: str
    start: int
    end: int
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    bound: str = "eq"
    change: str = "reach"
    masked: bool = False
    per: str | None = None
    base: str | None = None
    confidence: float | None = None
    indicator_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """An amount reported in a progress cell; ``target_index`` is the target it reports on, if one agrees."""

    indicator: str | None
    text: str
    start: int
    end: int
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    bound: str = "eq"
    change: str = "reach"
    masked: bool = False
    target_index: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One clause that sets a goal, with everything linked to it.

    ``lead_confidences`` has one value for each of ``lead_units``, in their order; it is empty without a model of links.
    """

    text: str
    start: int
    end: int
    lead_units: tuple[str, ...] = ()
    responsible_units: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    deadline: Deadline | None = None
    commitment: str | None = None
    projects: tuple[Project, ...] = ()
    measures: tuple[Measure, ...] = ()
    lead_confidences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered item of a notice or a row of a table."""

    number: str | None
    title: str | None
    section: str | None
    text: str
    start: int
    end: int
    statement: TextSpan
    headings: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: Deadline | None = None
    status: str | None = None
    status_code: str | None = None
    progress: TextSpan | None = None
    next_steps: TextSpan | None = None
    problems: TextSpan | None = None
    reported: tuple[Reported, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A notice or table read into tasks and targets.

    ``leftovers`` are the lines that belong to no task, heading or head matter; ``source`` names the file
    the text came from, if it came from one; then ``places`` say where in it each stretch of the text stood, in
    order, and ``warnings`` what of it was not read.
    """

    text: str
    kind: str = "plain"
    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    addressees: tuple[str, ...] = ()
    period: Period | None = None
    entities: tuple[Entity, ...] = ()
    tasks: tuple[Task, ...] = ()
    leftovers: tuple[TextSpan, ...] = ()
    source: str | None = None
    places: tuple[Place, ...] = ()
    warnings: tuple[str, ...] = ()
    schema_version: str = field(default=SCHEMA_VERSION)

    def to_dict(self) -> dict[str, Any]:
        """Return the document as nested plain values, ready for JSON; every key is always present."""
        return {"schema_version": self.schema_version, **_plain(self)}

    def to_json(self, *, indent: int | None = None) -> str:
        """Return ``to_dict()`` as JSON text with Chinese characters kept readable.

        A text with lone surrogates is escaped throughout, so that the result can be encoded.
        """
        plain = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
        if any("\ud800" <= c <= "\udfff" for c in self.text):
            return json.dumps(self.to_dict(), ensure_ascii=True, indent=indent)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """Rebuild a document from ``to_dict()``.

        Keys that this version does not know are ignored, so that files of later minor versions
        can be read. Raises ``ReadError`` on another major version, a missing key, a wrong type
        or a span that does not equal its slice of the text.
        """
        from taskie.decoding import decode_document

        return decode_document(data)

    @classmethod
    def from_json(cls, text: str | bytes) -> Document:
        """Rebuild a document from ``to_json()``; raises ``ReadError`` if it is no such JSON."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise ReadError(f"not JSON: {error}") from error
        return cls.from_dict(data)

    def place_of(self, start: int) -> Place | None:
        """Return where in the file the character at ``start`` stood, or ``None`` if the text came from no file."""
        return place_at(self.places, start)

    def records(self) -> list[dict[str, Any]]:
        """Return the ledger: one flat row per target, or per measure where a target has several."""
        from taskie.ledger import ledger_rows

        return ledger_rows(self)

    def to_pandas(self) -> pd.DataFrame:
        """Return ``records()`` as a data frame; raises ``MissingDependencyError`` without pandas."""
        from taskie.ledger import ledger_frame

        return ledger_frame(self)

    def issues(self) -> list[Any]:
        """Return what a clerk should look at: gaps, doubts and contradictions, each with its place."""
        from taskie.completeness import find_issues

        return find_issues(self)


def _plain(value: Any) -> Any:
    """Turn dataclasses and tuples into dicts and lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
