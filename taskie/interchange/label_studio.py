"""Label Studio: tasks with predictions or annotations in, its JSON export out, and the labelling configuration.

Source: Label Studio guide, "Label Studio Task Format" and "Import pre-annotated data"; tag reference for Text, Labels
and Relations. Text offsets count code points since front end pull request 308 (2022); versions before counted UTF-16.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from taskie.interchange.json_files import dump_json, name_in, read_json_list
from taskie.interchange.marks import MENTION_LABELS, TAIL_LABELS, MarkedText
from taskie.interchange.reading import Entry, Reading

ENDING = ".json"
CONFIG_ENDING = ".config.xml"
_COLOURS = {"ORG": "#4a7fc1", "PROJECT": "#3a9b6c", "QUANTITY": "#c98a1b", "DEADLINE": "#b8475a", "TARGET": "#9a9a9a"}
# The text's class was renamed between versions. Spaces stay as they are; names of relations need room above each line.
_STYLE = ".htx-text, .lsf-htx-richtext { white-space: pre-wrap; line-height: 3; }"
_FROM, _TO = "label", "text"
_EXPECTED = "the JSON export of Label Studio (a list of tasks)"


def write_label_studio(texts: Sequence[MarkedText], path: Path) -> list[Path]:
    """Write the tasks to ``path`` and the labelling configuration beside it; returns both paths."""
    config = path.with_suffix(CONFIG_ENDING)
    path.write_text(dump_json([_task(marked) for marked in texts]), encoding="utf-8")
    config.write_text(labelling_config(), encoding="utf-8")
    return [path, config]


def labelling_config() -> str:
    """Return the configuration of a project: labels, relations, and spaces kept, so that offsets are those of the text."""
    relations = "".join(f'    <Relation value="{escape(label)}"/>\n' for label in TAIL_LABELS)
    labels = "".join(f'    <Label value="{label}" background="{_COLOURS[label]}"/>\n' for label in MENTION_LABELS)
    return (
        f"<View>\n  <Style>{_STYLE}</Style>\n"
        f'  <Relations choice="single">\n{relations}  </Relations>\n'
        f'  <Labels name="{_FROM}" toName="{_TO}">\n{labels}  </Labels>\n'
        f'  <Text name="{_TO}" value="$text" granularity="symbol"/>\n</View>\n'
    )


def _task(marked: MarkedText) -> dict[str, Any]:
    keys = {mention: f"m{i}" for i, mention in enumerate(marked.mentions)}
    result: list[dict[str, Any]] = []
    for mention, key in keys.items():
        words = marked.text[mention.start : mention.end]
        value = {"start": mention.start, "end": mention.end, "text": words, "labels": [mention.label]}
        region = {"id": key, "from_name": _FROM, "to_name": _TO, "type": "labels", "value": value}
        result.append(region if mention.confidence is None else {**region, "score": round(mention.confidence, 4)})
    for relation in marked.relations:
        ends = {"from_id": keys[relation.head], "to_id": keys[relation.tail]}
        result.append({**ends, "type": "relation", "direction": "right", "labels": [relation.label]})
    data = {"text": marked.text, "name": marked.id}
    if marked.predicted:
        sure = [mention.confidence for mention in marked.mentions if mention.confidence is not None]
        # So that the data manager can show the least certain tasks first.
        score = round(sum(sure) / len(sure), 4) if sure else 0.0
        return {"data": data, "predictions": [{"model_version": "taskie", "score": score, "result": result}]}
    return {"data": data, "annotations": [{"result": result}]}


def read_label_studio(path: Path) -> Reading:
    """Read the export; of several annotations of a task the ground truth counts, else the last one changed."""
    reading = Reading()
    untouched = 0
    for i, task in enumerate(read_json_list(path, expected=_EXPECTED), 1):
        where = f"{path}: task {task.get('id', i) if isinstance(task, dict) else i}"
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict):
            reading.problems.append(f"{where}: no 'data' object; expected {_EXPECTED}, not JSON-MIN or CSV")
            continue
        done = [a for a in task.get("annotations") or [] if isinstance(a, dict) and not a.get("was_cancelled")]
        untouched += not done
        result = _newest(done, where, reading) if done else None
        if result is None:
            continue
        entry = Entry(where, name_in(data, f"task_{task.get('id', i)}", "name"), data.get("text"))
        _read_result(result, entry)
        reading.add(entry)
    if untouched:
        reading.notes.append(f"{path}: {untouched} tasks that nobody annotated left aside")
    return reading


def _newest(done: list[dict[str, Any]], where: str, reading: Reading) -> list[Any] | None:
    """Return the result that counts of a task's annotations."""
    if len(done) > 1:
        reading.notes.append(f"{where}: {len(done)} annotations; took the ground truth, else the last one changed")
    best = max(done, key=lambda a: (bool(a.get("ground_truth")), str(a.get("updated_at") or a.get("created_at") or "")))
    result = best.get("result")
    if isinstance(result, list):
        return result
    reading.problems.append(f"{where}: 'result' must be a list, got {type(result).__name__}")
    return None


def _read_result(result: list[Any], entry: Entry) -> None:
    regions = [r for r in result if isinstance(r, dict) and r.get("type") == "labels"]
    convert = _offsets(regions, entry)
    for region in regions:
        where = f"{entry.where}, region {region.get('id')!r}"
        value, labels = _value(region), _value(region).get("labels")
        if not isinstance(labels, list) or len(labels) != 1:
            entry.problem(f"a region needs one label, got {labels!r}", where=where)
            continue
        start, end = convert(value.get("start")), convert(value.get("end"))
        entry.mention(region.get("id"), start, end, labels[0], where=where, text=_words(value))
    for relation in result:
        if isinstance(relation, dict) and relation.get("type") == "relation":
            _read_relation(relation, entry)


def _read_relation(relation: dict[str, Any], entry: Entry) -> None:
    one, other = relation.get("from_id"), relation.get("to_id")
    where = f"{entry.where}, relation {one!r} to {other!r}"
    labels, direction = relation.get("labels") or [], relation.get("direction", "right")
    if direction not in ("right", "left"):
        entry.problem(f"direction {direction!r} is not read; draw it from the target, direction right", where=where)
    elif len(labels) != 1:
        entry.problem(f"a relation needs one label of {', '.join(TAIL_LABELS)}; it has {labels!r}", where=where)
    else:
        head, tail = (one, other) if direction == "right" else (other, one)
        entry.relation(labels[0], head, tail, where=where)


def _value(region: dict[str, Any]) -> dict[str, Any]:
    value = region.get("value")
    return value if isinstance(value, dict) else {}


def _words(value: dict[str, Any]) -> str | None:
    """Return the region's own words; Label Studio shows line ends in them as backslash and n."""
    words = value.get("text")
    return words.replace("\\n", "\n") if isinstance(words, str) else None


def _offsets(regions: list[dict[str, Any]], entry: Entry):  # type: ignore[no-untyped-def]
    """Return how to read offsets: as code points, or as UTF-16 if only so all regions' words stand where they should."""
    text = entry.text
    if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return lambda offset: offset
    points = {0: 0}  # UTF-16 offset -> code point
    position = 0
    for i, character in enumerate(text, 1):
        position += 2 if ord(character) > 0xFFFF else 1
        points[position] = i

    def same(offset: Any) -> Any:
        return offset

    def converted(offset: Any) -> Any:
        return points.get(offset, offset) if isinstance(offset, int) else offset

    for read in (same, converted):
        if all(_stands_there(_value(region), text, read) for region in regions):
            return read
    return same


def _stands_there(value: dict[str, Any], text: str, read) -> bool:  # type: ignore[no-untyped-def]
    start, end, words = read(value.get("start")), read(value.get("end")), _words(value)
    return words is None or (isinstance(start, int) and isinstance(end, int) and text[start:end] == words)
