"""Tell who is responsible for a row of a table: by its unit cells, those above, its statement, its other cells, its heading.

Boundary: one row; how a single unit cell is read is the business of ``table_unit_cell``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from taskie.records import Unit
from taskie.structure.attributions import find_attributions
from taskie.structure.bodies import refers_up
from taskie.structure.embedded import find_embedded
from taskie.structure.first_listed import lead_first, marked_lead, others_help
from taskie.structure.parting_marks import parted
from taskie.structure.reading import PLAIN, Reading
from taskie.structure.table_merged import Above
from taskie.structure.table_rows import Cell, MeantCells, Row
from taskie.structure.table_unit_cell import read_unit_cell

# Where labels that name units stand in a row that names them nowhere else.
_OTHER_CELLS = ("next_steps", "remark", "progress", "problems")


def read_units(cells: MeantCells, row: Row, statement: Cell, above: Above, reading: Reading) -> tuple[Unit, ...]:
    """Return the units of the row's unit cells, of the row above where they are blank, and of attributions in the statement.

    Without any of these, units come from a label in another cell, from the heading above, or from a sentence.
    """
    span = statement[1:]
    given = find_embedded(cells.text, *span, reading.lists, only_given=True)
    stated = [unit for a in find_attributions(cells.text, *span, reading) for unit in a.units]
    units = [*_own(cells, row, above, reading), *(() if given or stated else _handed_down(cells, above))]
    # One column of units; of two tables side by side, the same one twice.
    one_column = len({(c.role, c.word) for c in cells.columns if c.meaning == "unit"}) == 1
    units = list(marked_lead(cells.text, units, reading.lead_mark))
    says_who_leads = {"lead"} < {unit.role for unit in units}
    if reading.first_listed and one_column and not says_who_leads:
        units = list(lead_first(units))
    elif reading.others_help and one_column:
        units = list(others_help(units))
    for unit in stated:
        if _says_more(unit, units):
            units.append(unit)
    said = {(unit.name, unit.role) for unit in units}
    units += [unit for unit in given if (unit.name, unit.role) not in said]
    return (
        tuple(units)
        or _in_other_cells(cells)
        or row.inherited
        or find_embedded(cells.text, statement[1], statement[2], reading.lists)
    )


def _own(cells: MeantCells, row: Row, above: Above, reading: Reading) -> Iterator[Unit]:
    """Yield the units of the row's unit cells, and leave them to the rows below; 见上 stands for those of the heading or the row above."""
    for index, start, end in cells.all("unit"):
        role = cells.columns[index].role or "responsible"
        if refers_up(cells.text[start:end]):
            units = row.inherited or tuple(replace(unit, source="inherited") for unit in above.units.get(index, ()))
        else:
            units = parted(cells.text, reading.parting_mark, read_unit_cell(cells.text, start, end, role, reading))
        above.units[index] = units
        yield from units


def _handed_down(cells: MeantCells, above: Above) -> Iterator[Unit]:
    """Yield the units above blank unit cells; beside a cell that names some, a blank one of helpers means that there are none."""
    if not above.merged:
        return
    filled = {index for index, _, _ in cells.all("unit")}
    for index, column in enumerate(cells.columns):
        if column.meaning == "unit" and index not in filled and (not filled or column.role != "cooperating"):
            yield from (replace(unit, source="inherited") for unit in above.units.get(index, ()))


def _says_more(unit: Unit, known: Sequence[Unit]) -> bool:
    """Tell whether a unit adds to those known: a list without roles says nothing new of a body; a label or verb does."""
    if unit.role == "responsible":
        return all(unit.name != other.name for other in known)
    return all((unit.name, unit.role) != (other.name, other.role) for other in known)


def _in_other_cells(cells: MeantCells) -> tuple[Unit, ...]:
    return tuple(
        unit
        for meaning in _OTHER_CELLS
        for _, start, end in cells.all(meaning)
        for attribution in find_attributions(cells.text, start, end, PLAIN)
        for unit in attribution.units
    )
