"""Draw reliability diagrams as SVG: how often predictions of each confidence were right, beside the diagonal.

Boundary: figures of ``calibration`` in, markup out, for the report's page; nothing is loaded from anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_SIZE, _LEFT, _TOP, _FOOT = 150, 34, 30, 34
_WIDTH, _HEIGHT = _LEFT + _SIZE + 12, _TOP + _SIZE + _FOOT
_TITLES = {
    "ece": "全部实体",
    "ORG": "单位",
    "PROJECT": "项目",
    "QUANTITY": "数量",
    "DEADLINE": "时限",
    "units": "任务的单位",
}


def draw_reliability(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one diagram for each row that has predictions, side by side; an empty string where none has any."""
    drawn = [_diagram(row, data) for row, data in figures.items() if data["count"]]
    if not drawn:
        return ""
    return (
        "<h2>置信度可靠性</h2><p>蓝柱：该置信度区间内实际正确的比例；红线：平均置信度；柱越深，预测越多。"
        "虚线上为完全可靠，柱低于虚线为过于自信。</p>"
        f'<div class="reliability">{"".join(drawn)}</div>'
    )


def _diagram(row: str, data: Mapping[str, Any]) -> str:
    title = _TITLES[row.partition(":")[2] or row]
    note = f"{data['count']} 个，误差 {data['value']:.3f}（偶然 {data['chance']:.3f}）"
    bars = "".join(_bar(b, data["count"]) for b in data["bins"] if b[2])
    ticks = "".join(_tick(share) for share in (0.0, 0.5, 1.0))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="{title}：{note}">'
        f'<text x="{_LEFT}" y="11" class="t">{title}</text><text x="{_LEFT}" y="24">{note}</text>'
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIZE}" height="{_SIZE}" class="frame"/>{bars}'
        f'<path d="M{_LEFT} {_TOP + _SIZE}L{_LEFT + _SIZE} {_TOP}" class="diagonal"/>{ticks}'
        f'<text x="{_LEFT + _SIZE / 2}" y="{_HEIGHT - 4}" text-anchor="middle">置信度</text></svg>'
    )


def _bar(b: Sequence[float], total: int) -> str:
    low, high, count, confidence, right = b
    x, width = _LEFT + low * _SIZE, (high - low) * _SIZE
    level = _TOP + (1 - confidence) * _SIZE
    depth = 0.25 + 0.75 * (count / total) ** 0.5
    return (
        f'<rect x="{x + 0.5:.1f}" y="{_TOP + (1 - right) * _SIZE:.1f}" width="{width - 1:.1f}" height="{right * _SIZE:.1f}" '
        f'class="bar" fill-opacity="{depth:.2f}"><title>{low:.1f}–{high:.1f}：{count:.0f} 个，{right:.1%} 正确，'
        f"平均置信度 {confidence:.3f}</title></rect>"
        f'<path d="M{x:.1f} {level:.1f}h{width:.1f}" class="level"/>'
    )


def _tick(share: float) -> str:
    across, up = _LEFT + share * _SIZE, _TOP + (1 - share) * _SIZE
    return (
        f'<text x="{across:.0f}" y="{_TOP + _SIZE + 13}" text-anchor="middle">{share:g}</text>'
        f'<text x="{_LEFT - 4}" y="{up + 4:.0f}" text-anchor="end">{share:g}</text>'
    )
