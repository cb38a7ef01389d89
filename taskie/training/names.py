"""Make up names of firms, places and projects for augmentation; nothing here names anything real on purpose.

Boundary: random names in the form of the name they replace; when to use them is the business of ``augment``.
"""

from __future__ import annotations

import random
import re

from taskie.training.name_parts import (
    BRAND_CHARACTERS,
    FACILITIES,
    FIRM_FORMS,
    PLACE_FIRST,
    PLACE_SECOND,
    PRODUCT_UNITS,
    PRODUCTS,
    PROVINCES,
    ROADS,
    ROADWORKS,
    TRADES,
)

_CODE = "ABCDEFGHILMNPQRSTVX"


def _pick(characters: str, count: int, rng: random.Random) -> str:
    return "".join(rng.choice(characters) for _ in range(count))


def fresh_place_head(rng: random.Random) -> str:
    """Return a two-character place name without its kind."""
    return rng.choice(PLACE_FIRST) + rng.choice(PLACE_SECOND)


def _brand(rng: random.Random) -> str:
    return _pick(BRAND_CHARACTERS, rng.choice([2, 2, 2, 3]), rng)


def fresh_firm(old: str, rng: random.Random) -> str:
    """Return a firm's name, full where the old one is full and short where it is short."""
    short = _brand(rng) + rng.choice(TRADES)
    if re.search(r"公司$", old):
        region = rng.choice(
            [rng.choice(PROVINCES), fresh_place_head(rng), fresh_place_head(rng) + rng.choice("市县区"), ""]
        )
        return region + short + rng.choice(FIRM_FORMS)
    if re.search(r"集团$", old):
        return _brand(rng) + "集团"
    if rng.random() < 0.2:
        return rng.choice([*PROVINCES, fresh_place_head(rng)]) + short
    return short


def _number(rng: random.Random) -> str:
    return rng.choice(
        [
            str(rng.randint(1, 60)),
            str(rng.randint(1, 90) * 100),
            f"{rng.randint(1, 20)}.{rng.randint(1, 9)}",
            str(rng.randint(1, 9) * 1000),
        ]
    )


def _product(rng: random.Random) -> str:
    """Return a product; some carry a code of capital letters, as chemicals and devices do (防老剂TMQ)."""
    product = rng.choice(PRODUCTS)
    code = _pick(_CODE, rng.choice([2, 3, 3, 4]), rng)
    return rng.choice(
        [product] * 5 + [product + code, code + product, rng.choice(["高性能", "高端", "新型", "绿色"]) + product]
    )


def _capacity(rng: random.Random) -> str:
    second = f"及{_number(rng)}{rng.choice(PRODUCT_UNITS)}{_product(rng)}" if rng.random() < 0.1 else ""
    return f"年产{_number(rng)}{rng.choice(PRODUCT_UNITS)}{_product(rng)}{second}"


def _owner(rng: random.Random) -> str:
    return rng.choice([_brand(rng), _brand(rng) + rng.choice(TRADES), fresh_firm("公司", rng), fresh_place_head(rng)])


def fresh_project(old: str, rng: random.Random) -> str:
    """Return a project's name that ends as the old one does: in 项目, in 工程, or without a head noun."""
    phase = rng.choice(["", "", "", "一期", "二期", "（一期）", "三期"])
    if old.endswith("项目"):
        return (
            _owner(rng)
            + rng.choice([_capacity(rng), _product(rng), rng.choice(FACILITIES)])
            + phase
            + rng.choice(["", "", "生产线", "技改", "扩建", "产业化", "建设", "智能化改造"])
            + "项目"
        )
    if old.endswith("工程"):
        section = rng.choice(
            ["", "", f"（{rng.choice(ROADS)}路至{rng.choice(ROADS)}路）", f"（{rng.choice(ROADS)}路段）"]
        )
        work = rng.choice([w for w in ROADWORKS if w.endswith("工程")])
        return f"{rng.choice(ROADS)}{rng.choice(['路', '大道', '街'])}{section}{work}"
    if re.search(r"[路道街线]$|[路道街](?:（[^）]*）)$", old):
        section = rng.choice(["", f"（{rng.choice(ROADS)}路至{rng.choice(ROADS)}路）"])
        return f"{rng.choice(ROADS)}{rng.choice(['路', '大道', '街', '路北延', '路西延'])}{section}"
    if len(old) <= 5:
        return _brand(rng) + rng.choice(
            [rng.choice(TRADES), rng.choice(TRADES), rng.choice(PRODUCTS), "5G", rng.choice(FACILITIES)]
        )
    return rng.choice([
        fresh_place_head(rng) + rng.choice(FACILITIES) + phase,
        _owner(rng) + _capacity(rng),
        _brand(rng) + rng.choice(PRODUCTS) + phase,
        fresh_place_head(rng) + rng.choice("市县区镇") + rng.choice(FACILITIES),
    ])  # fmt: skip
