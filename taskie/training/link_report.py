"""Show what the models of links are worth: candidate recall, rules against scores, and how far confidences can be believed.

    python -m taskie.training.link_report shipped GOLD … [--split validation] [--alone CORPUS]

Boundary: figures only; what is trained is in ``links``.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from taskie.evaluation.bootstrap import total_of, value_of
from taskie.evaluation.gold import Gold, read_gold_paths
from taskie.evaluation.report import score_gold
from taskie.extractor import Extractor, load
from taskie.ner.tagger import default_model_path
from taskie.records import Document
from taskie.relations.confidence import LinkModels
from taskie.training.link_examples import Question, confidence_examples, questions_of, unit_reach, with_records
from taskie.training.links import answer, calibration_error, fit_scorers

ROWS = ("units", "targets", "links", "projects", "measures", "indicators", "deadlines", "deadline_dates", "records")


def candidate_recall(extractor: Extractor, golds: Sequence[Gold]) -> dict[str, tuple[int, int]]:
    """Return (reached, all) gold pairs by kind: units over predicted and over given entities, the others over given ones.

    An indicator is reached where a candidate agrees with it as the scores count it; none is taken from the rules' answer.
    """
    plain = Extractor(extractor.tagger)
    found = {"unit, predicted": _summed(unit_reach(plain, gold, given=False) for gold in golds)}
    found["unit, gold entities"] = _summed(unit_reach(plain, gold, given=True) for gold in golds)
    asked = [question for gold in golds for question in questions_of(plain, gold)]
    for kind in ("deadline", "measure", "indicator"):
        # Without a right answer there is nothing to reach: an amount that only qualifies, a target without deadline.
        own = [q for q in asked if q.kind == kind and q.exact is not None]
        found[kind] = (sum(q.reachable for q in own), len(own))
    return found


def _summed(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    listed = list(pairs)
    return sum(a for a, _ in listed), sum(b for _, b in listed)


def open_questions(extractor: Extractor, golds: Sequence[Gold]) -> dict[str, tuple[int, int, int, int]]:
    """Return by kind (questions, those rules leave open, of these right by rules, right by scores), with gold entities."""
    asked = [q for gold in golds for q in questions_of(Extractor(extractor.tagger), gold)]
    models = extractor.links or LinkModels({})
    found = {}
    for kind in ("deadline", "measure", "indicator"):
        own = [q for q in asked if q.kind == kind]
        left = [q for q in own if not q.certain]
        found[kind] = (len(own), len(left), _right(left), sum(q.holds(answer(models, q)) for q in left))
    return found


def _right(questions: Sequence[Question]) -> int:
    return sum(q.holds(q.rule) for q in questions)


def policies(extractor: Extractor, alone: LinkModels | None) -> Iterator[tuple[str, Extractor]]:
    """Yield the ways to decide: rules, rules and scores as the model says, and ``alone``: scores without rules."""
    yield "rules", Extractor(extractor.tagger)
    yield "combined", extractor
    if alone:
        yield "scores alone", Extractor(extractor.tagger, dataclasses.replace(alone, alone=True))


def scores_by_policy(
    extractor: Extractor, golds: Sequence[Gold], alone: LinkModels | None = None
) -> dict[str, dict[str, float]]:
    """Return the scores of each policy, with predicted and with gold entities."""
    found = {}
    for name, one in policies(extractor, alone):
        for line in ("predicted", "gold entities"):
            total = total_of([score_gold(gold, _document(one, gold, line == "predicted")) for gold in golds])
            found[f"{name}, {line}"] = {row: value_of(total, row) for row in ROWS}
    return found


def _document(extractor: Extractor, gold: Gold, predicted: bool) -> Document:
    text = gold.document.text
    return extractor.extract(text) if predicted else extractor.extract_with_entities(text, gold.document.entities)


def confidence_figures(extractor: Extractor, golds: Sequence[Gold]) -> dict[str, tuple[int, float, float]]:
    """Return by kind (links, share that is right, expected calibration error) over predicted documents."""
    if not extractor.links:
        return {}
    found = {}
    for kind, links in confidence_examples(extractor, extractor.links, golds).items():
        calibration = extractor.links.calibrations.get(kind)
        if calibration:
            right = [holds for _, holds in links]
            sure = [calibration.probability(values) for values, _ in links]
            found[kind] = (len(links), sum(right) / len(links), calibration_error(sure, right))
    return found


def report(extractor: Extractor, golds: Sequence[Gold], alone: LinkModels | None = None) -> str:
    """Return all figures as text."""
    lines = [f"{len(golds)} documents with records", "", "gold pairs within reach of the candidates"]
    for kind, (reached, every) in candidate_recall(extractor, golds).items():
        lines.append(f"  {kind:22}{reached:>6} of {every:>6}{reached / every if every else 1:>9.4f}")
    lines += ["", f"{'questions':24}{'all':>7}{'open':>7}{'rules':>7}{'scores':>7}"]
    for kind, counts in open_questions(extractor, golds).items():
        lines.append(f"  {kind:22}" + "".join(f"{count:>7}" for count in counts))
    by_policy = scores_by_policy(extractor, golds, alone)
    lines += ["", f"{'':30}" + "".join(f"{row[:10]:>11}" for row in ROWS)]
    for name, scores in by_policy.items():
        lines.append(f"{name:30}" + "".join(f"{scores[row]:>11.3f}" for row in ROWS))
    lines += ["", f"{'confidence':24}{'links':>7}{'right':>8}{'error':>8}"]
    for kind, (count, share, error) in confidence_figures(extractor, golds).items():
        lines.append(f"  {kind:22}{count:>7}{share:>8.3f}{error:>8.4f}")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report from the command line."""
    parser = argparse.ArgumentParser(description="Show what the models of links of a tagger are worth.")
    parser.add_argument("model", help="model folder, or 'shipped'")
    parser.add_argument(
        "gold", nargs="+", type=Path, help="gold file, folder of *.json, or folder with corpus/ and annotations/"
    )
    parser.add_argument("--split", choices=("train", "validation", "test"), help="take only this split of a corpus")
    parser.add_argument(
        "--alone",
        type=Path,
        metavar="CORPUS",
        help="also train, on its training split, scores that never see the rules",
    )
    args = parser.parse_args(argv)
    extractor = load(default_model_path() if args.model == "shipped" else args.model)
    alone = None
    if args.alone:
        training = with_records(read_gold_paths([args.alone], split="train"))
        alone = LinkModels(fit_scorers(Extractor(extractor.tagger), training, witness=False))
    print(report(extractor, with_records(read_gold_paths(args.gold, split=args.split)), alone))
    return 0


if __name__ == "__main__":
    sys.exit(main())
