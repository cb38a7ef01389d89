"""What a statement of responsibility says, and where it stands.

Boundary: the values only; reading them is the business of ``responsibility``, finding them that of ``attributions``.
"""

from __future__ import annotations

from dataclasses import dataclass

from taskie.records import TextSpan, Unit


@dataclass(frozen=True, slots=True)
class Statement:
    """What one statement of responsibility says; empty fields where it says nothing of the kind.

    ``aside`` says that it names bodies that only look on (督办单位：…): a statement, though it gives nobody the task.
    """

    units: tuple[Unit, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: TextSpan | None = None
    aside: bool = False

    def __bool__(self) -> bool:
        return bool(self.units or self.leaders or self.deadline or self.aside)


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement and the stretch that makes it, brackets and labels included."""

    start: int
    end: int
    statement: Statement
