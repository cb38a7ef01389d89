"""Resolve unit names inside a document: elided heads (省国税局、地税局 is 省地税局) and short forms.

Boundary: a second name is added beside the printed one; the printed one never changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
