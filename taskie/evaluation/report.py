"""Evaluate an extractor on gold documents and show the result: text, JSON, and a page of errors in their sentences."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from taskie.evaluation.baselines import dictionary_entities, nearest_unit, same_row
from taskie.evaluation.bootstrap import interval, total_of, value_of
from taskie.evaluation.calibration import Judged, confidence_figures, judge
from taskie.evaluation.gold import Gold
from taskie.evaluation.reliability import draw_reliability
from taskie.evaluation.scores import SET_SCORES, SHARE_SCORES, Count, DocumentScores, macro_averages, score_document
from taskie.evaluation.seen import Names, SeenCount, count_seen, seen_figures
from taskie.extractor import Extractor
from taskie.records import LABELS, Document

ROWS = ("ner", *(f"ner:{label}" for label in LABELS), *SET_SCORES[1:], *SHARE_SCORES)
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """A miss or a false alarm: which score, where, what."""

    score: str
    document: str
    kind: str  # missed | false
    start: int
    end: int
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """Scores by document for each line: predicted, with gold entities, and the baselines.

    ``judged`` are the confidences of the predicted line, ``seen`` the counts of known and new names by document, if asked.
    """

    names: tuple[str, ...]
    lines: dict[str, tuple[DocumentScores, ...]]
    differences: tuple[Difference, ...]
    texts: dict[str, str]
    judged: tuple[Judged, ...] = ()
    seen: tuple[dict[str, SeenCount], ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return all figures as plain values.

        Rows whose name begins with ``ece`` are calibration errors of confidences (``confidence_figures``), those with
        ``seen`` and ``unseen`` recalls of names (``seen_figures``); only the predicted line has them.
        """
        result: dict[str, Any] = {"documents": list(self.names), "lines": {}}
        for line, scores in self.lines.items():
            total = total_of(scores)
            rows: dict[str, Any] = {}
            for name in ROWS:
                count = total.counts[name]
                rows[name] = {
                    "value": round(value_of(total, name), 4),
                    "precision": None if name in SHARE_SCORES else round(count.precision, 4),
                    "recall": round(count.recall, 4),
                    "hits": count.hits,
                    "false": count.false,
                    "missed": count.missed,
                    "interval": interval(scores, name) if line == "predicted" else None,
                }
            precision, recall, f1 = macro_averages(total)
            result["lines"][line] = {
                "macro_ner": round(f1, 4),
                "macro_ner_precision": round(precision, 4),
                "macro_ner_recall": round(recall, 4),
                "rows": rows,
            }
        own = result["lines"]["predicted"]["rows"]
        own.update(confidence_figures(self.judged))
        own.update(seen_figures(self.seen) if self.seen is not None else {})
        return result

    def to_json(self) -> str:
        """Return ``to_dict()`` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1)

    def to_text(self) -> str:
        """Return the figures as a table for the terminal."""
        data = self.to_dict()["lines"]
        out = [f"{len(self.names)} documents: {', '.join(self.names[:6])}{' …' if len(self.names) > 6 else ''}"]
        others = [line for line in data if line != "predicted"]
        head = "".join(f"{line:>16}" for line in others)
        out.append(f"{'':16}{'value':>7}{'P':>7}{'R':>7}{'hits':>7}{'false':>7}{'missed':>7}{'95%':>16}{head}")
        for name in ROWS:
            row = data["predicted"]["rows"][name]
            precision = "" if row["precision"] is None else f"{row['precision']:.3f}"
            bounds = f"{row['interval'][0]:.3f}–{row['interval'][1]:.3f}" if row["interval"] else ""
            rest = "".join(f"{data[line]['rows'][name]['value']:>16.3f}" for line in others)
            figures = f"{row['value']:>7.3f}{precision:>7}{row['recall']:>7.3f}{row['hits']:>7}{row['false']:>7}{row['missed']:>7}"
            out.append(f"{name:16}{figures}{bounds:>16}{rest}")
        own = data["predicted"]
        out.append(
            f"{'ner macro':16}{own['macro_ner']:>7.3f}{own['macro_ner_precision']:>7.3f}{own['macro_ner_recall']:>7.3f}"
        )
        return "\n".join([*out, "", *_confidence_lines(own["rows"]), *_seen_lines(own["rows"])])

    def to_html(self) -> str:
        """Return one self-contained page: the figures, and each difference in its sentence, to filter by score."""
        rows = "".join(self._row(difference) for difference in self.differences)
        options = "".join(f"<option>{name}</option>" for name in sorted({d.score for d in self.differences}))
        return _PAGE.format(
            figures=html.escape(self.to_text()), options=options, rows=rows, count=len(self.differences),
            reliability=draw_reliability(confidence_figures(self.judged)),
        )  # fmt: skip

    def _row(self, d: Difference) -> str:
        text = self.texts[d.document]
        before = html.escape(text[max(0, d.start - _CONTEXT) : d.start])
        inside = html.escape(text[d.start : d.end])
        after = html.escape(text[d.end : d.end + _CONTEXT])
        kind = "漏" if d.kind == "missed" else "误"
        return (
            f'<tr data-s="{d.score}" class="{d.kind}"><td>{d.score}</td><td>{kind}</td><td>{html.escape(d.document)}:{d.start}</td>'
            f"<td>{before}<mark>{inside}</mark>{after}</td><td>{html.escape(d.detail)}</td></tr>\n"
        )


def _confidence_lines(rows: dict[str, Any]) -> Iterable[str]:
    yield f"{'confidence':16}{'ECE':>7}{'chance':>7}{'mean':>7}{'right':>7}{'count':>7}   without one (right)"
    for name, row in rows.items():
        if name.startswith("ece"):
            figures = "".join(f"{row[key]:>7.3f}" for key in ("value", "chance", "confidence", "right"))
            unrated = f"{row['unrated']} ({row['unrated_right']})" if row["unrated"] else ""
            yield f"{name:16}{figures}{row['count']:>7}   {unrated}"


def _seen_lines(rows: dict[str, Any]) -> Iterable[str]:
    chosen = {name: row for name, row in rows.items() if name.startswith(("seen", "unseen"))}
    if chosen:
        yield f"\n{'names in training':16}{'R':>6}{'hits':>7}{'missed':>7}{'names':>7}"
    for name, row in chosen.items():
        recall = "" if row["recall"] is None else f"{row['recall']:.3f}"
        yield f"{name:16}{recall:>7}{row['hits']:>7}{row['missed']:>7}{row['names']:>7}"


def evaluate(extractor: Extractor, golds: Iterable[Gold], *, known: Names | None = None) -> Report:
    """Score an extractor on gold documents, with the line of gold entities and the trivial baselines beside it.

    ``known`` are the names of the training documents (``seen.training_names``): with them, recall is counted apart for
    names that the model was trained on and for those that are new to it.
    """
    names, texts = [], {}
    judged: list[Judged] = []
    seen: list[dict[str, SeenCount]] = []
    lines: dict[str, list[DocumentScores]] = {
        "predicted": [],
        "gold entities": [],
        "nearest unit": [],
        "same row": [],
        "dictionary": [],
    }
    differences: list[Difference] = []
    for gold in golds:
        document = gold.document
        predicted = extractor.extract(document.text)
        dictionary = extractor.extract_with_entities(document.text, dictionary_entities(document.text))
        given = extractor.extract_with_entities(document.text, document.entities)
        results = (predicted, given, nearest_unit(predicted), same_row(predicted), dictionary)
        for line, result in zip(lines, results, strict=True):
            lines[line].append(score_gold(gold, result))
        judged.extend(judge(gold, predicted))
        if known is not None:
            seen.append(count_seen(gold, predicted, known))
        names.append(gold.name)
        texts[gold.name] = document.text
        differences.extend(find_differences(gold, predicted))
    return Report(
        tuple(names), {line: tuple(scores) for line, scores in lines.items()}, tuple(differences), texts, tuple(judged),
        tuple(seen) if known is not None else None,
    )  # fmt: skip


def score_gold(gold: Gold, predicted: Document) -> DocumentScores:
    """Score one document; where only entities are annotated, only they count."""
    scores = score_document(gold.document, predicted, annotated=gold.annotated)
    if "records" in gold.layers:
        return scores
    return DocumentScores({n: c if n.startswith("ner") else Count() for n, c in scores.counts.items()})


def find_differences(gold: Gold, predicted: Document) -> list[Difference]:
    """Return misses and false alarms of entities, targets, links, measures and deadlines, in text order."""
    found: list[Difference] = []
    for score in ("ner", "targets", "links", "measures", "deadlines") if "records" in gold.layers else ("ner",):
        keys = [_keys(score, document, gold.annotated) for document in (gold.document, predicted)]
        for kind, places in (("missed", keys[0] - keys[1]), ("false", keys[1] - keys[0])):
            found.extend(Difference(score, gold.name, kind, start, end, detail) for start, end, detail in places)
    return sorted(found, key=lambda d: (d.start, d.score, d.kind))


def _keys(score: str, document: Document, ranges: Sequence[tuple[int, int]]) -> set[tuple[int, int, str]]:
    def inside(start: int, end: int) -> bool:
        return any(a <= start and end <= b for a, b in ranges)

    if score == "ner":
        return {(e.start, e.end, e.label) for e in document.entities if inside(e.start, e.end)}
    targets = [t for task in document.tasks if inside(task.start, task.end) for t in task.targets]
    if score == "targets":
        return {(t.start, t.end, "") for t in targets}
    if score == "links":
        return {(t.start, t.end, unit) for t in targets for unit in t.lead_units}
    if score == "measures":
        return {(m.start, m.end, f"{m.value} {m.unit} {m.bound}") for t in targets for m in t.measures}
    return {(t.start, t.end, t.deadline.text or "") for t in targets if t.deadline and t.deadline.source != "document"}


_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>评测报告</title>
<style>body{{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:20px;max-width:1200px}}pre{{overflow:auto;background:#f5f7fa;padding:12px}}
table{{border-collapse:collapse;width:100%}}td,th{{border-bottom:1px solid #d9dee5;padding:4px 8px;text-align:left;vertical-align:top}}
.missed mark{{background:#ffd8a8}}.false mark{{background:#ffc9c9}}select{{font:inherit;padding:4px}}
.reliability{{display:flex;flex-wrap:wrap;gap:14px}}svg text{{font-size:10px;fill:#5b6b7d}}svg .t{{font-size:12px;font-weight:bold;fill:#1d2733}}
.frame{{fill:none;stroke:#d9dee5}}.bar{{fill:#2f6db5}}.level{{stroke:#d9480f;stroke-width:2}}.diagonal{{stroke:#5b6b7d;stroke-dasharray:4 3;fill:none}}</style></head><body>
<h1>评测报告</h1><pre>{figures}</pre>
{reliability}
<p>共 {count} 处差异（<mark style="background:#ffd8a8">漏</mark> 金标有而未抽出，<mark style="background:#ffc9c9">误</mark> 抽出而金标无）
<select id="s" aria-label="按指标筛选"><option value="">全部</option>{options}</select></p>
<table><thead><tr><th>指标</th><th>类型</th><th>位置</th><th>原文</th><th>内容</th></tr></thead><tbody>
{rows}</tbody></table>
<script>document.getElementById("s").onchange=e=>document.querySelectorAll("tbody tr").forEach(r=>r.hidden=e.target.value&&r.dataset.s!==e.target.value)</script>
</body></html>
"""
