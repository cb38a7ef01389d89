"""Resolve unit names inside a document: elided heads (省国税局、地税局 is 省地税局) and short forms.

Boundary: a second name is added beside the printed one; the printed one never changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from taskie.records import Unit

_PREFIX = re.compile(r"^(自治区|省|市|州|盟|县|区|旗|新区|镇|乡)(?=[\u4e00-\u9fff]{2,})")
# Bodies that stand without prefix by right: collectives, vertical offices, firms.
_WITHOUT_PREFIX = re.compile(
    r"^(?:各|相关|有关|国网|国家|中国|中央|人民银行|人行|银保监|证监|团|公司|[\u4e00-\u9fff]{2,}(?:省|市|县|区|州|镇|乡|街道|公司|集团|银行|大学|学院))"
)
_BARE_OFFICE = re.compile(r"^[\u4e00-\u9fff]{2,10}(?:局|委|厅|办|中心|部|署)$")


def restore_heads(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Give units whose prefix is elided the prefix of the unit before them as ``full_name``."""
    prefix: str | None = None
    restored = []
    for unit in units:
        match = _PREFIX.match(unit.name)
        if match:
            prefix = match[1]
        elif (
            prefix and unit.full_name is None and _BARE_OFFICE.match(unit.name) and not _WITHOUT_PREFIX.match(unit.name)
        ):
            unit = replace(unit, full_name=prefix + unit.name)
        restored.append(unit)
    return tuple(restored)


def short_forms(names: Iterable[str]) -> dict[str, str]:
    """Return the full name of each short name, where exactly one other name of the document can be its full form.

    县发改局 is short for 县发展和改革局: same prefix, same head, every character in order. A branch (县公安局交警大队)
    is no full form of its parent.
    """
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    unique = sorted(set(names))
    for name in unique:
        head = "办" if name.endswith("办公室") else name[-1:]
        groups[name[:2], head].append(name)
    found = {}
    for group in groups.values():
        for short in group:
            full = [name for name in group if len(name) > len(short) and _shortens(short, name)]
            if len(short) >= _MIN_SHORT and len(full) == 1:
                found[short] = full[0]
    return found


_MIN_SHORT = 4
# Names of bodies that are complete, though longer ones hold their characters: 县工商局 is not 县工信商贸局.
_COMPLETE = re.compile(r"(?:工商局|派出所|党政办|水利局|教育局|文化局|卫生局|农业局|商务局)$")


def _shortens(short: str, full: str) -> bool:
    if _COMPLETE.search(short):
        return False
    if full.startswith(short) and full != short + "公室":
        return False
    rest = iter(full)
    return all(c in rest for c in short)


def name_in_full(units: Sequence[Unit], full: Mapping[str, str]) -> tuple[Unit, ...]:
    """Give units with a short name their full one, unless they have one already."""
    return tuple(
        replace(unit, full_name=full[unit.name]) if unit.full_name is None and unit.name in full else unit
        for unit in units
    )
