"""Fit the models of links on annotated documents: a score for each kind of link, and a confidence from it.

Boundary: examples in (``link_examples``), plain weights out; scikit-learn fits them and is not needed to use them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from taskie.evaluation.calibration import bins_of, expected_error
from taskie.evaluation.gold import Gold
from taskie.extractor import Extractor
from taskie.odds import probability
from taskie.relations.confidence import LEAST_UNIT, Calibration, LinkModels, Logistic
from taskie.relations.decisions import DECIDED, KINDS
from taskie.relations.features import BY_RULES
from taskie.training.link_examples import Question, confidence_examples, questions_of, unit_examples, with_records
from taskie.training.platt import can_be_fitted, fit_platt

# With fewer examples, or no wrong one among them, a kind gets no model.
MIN_EXAMPLES, MIN_HELD_OUT = 200, 60
# A feature seen less often, or that weighs less, is left out.
MIN_COUNT, MIN_WEIGHT = 3, 0.02
STRENGTH = 0.5
Examples = list[tuple[Mapping[str, float], bool]]


def train_links(
    extractor: Extractor, training: Sequence[Gold], held_out: Sequence[Gold] = (), *, seed: int = 1
) -> LinkModels | None:
    """Fit scores on ``training``, and on ``held_out`` confidences and the choice of kinds in which the score decides.

    A kind decides where rules leave a choice if there it is at least as good as they are on held-out documents. Confidences
    are fitted on ``training`` where ``held_out`` has too few links. Returns ``None`` where nothing can be learned: no
    document has records, or there are too few links.
    """
    plain = Extractor(extractor.tagger, words=extractor.words)
    documents, unseen = with_records(training), with_records(held_out)
    scorers = fit_scorers(plain, documents, seed=seed)
    if not scorers:
        return None
    if "unit" in scorers and unseen:
        scorers["unit"] = rescale(scorers["unit"], list(unit_examples(plain, unseen)))
    models = LinkModels(scorers, decides=choose_deciding(plain, scorers, unseen))
    return LinkModels(scorers, fit_calibrations(plain, models, documents, unseen), models.decides)


def join_links(new: LinkModels | None, before: LinkModels | None) -> LinkModels | None:
    """Return the new models, with those before for the kinds that the new ones lack."""
    if new is None or before is None:
        return new or before
    kept = before.decides - set(new.scorers)
    return LinkModels(
        {**before.scorers, **new.scorers}, {**before.calibrations, **new.calibrations}, new.decides | kept
    )


def calibration_errors(extractor: Extractor, models: LinkModels, documents: Sequence[Gold]) -> dict[str, float]:
    """Return the expected calibration error of each kind of link over predicted documents."""
    found = confidence_examples(extractor, models, with_records(documents))
    errors = {}
    for kind, calibration in models.calibrations.items():
        links = found.get(kind, [])
        shares = [calibration.probability(values) for values, _ in links]
        errors[kind] = round(calibration_error(shares, [right for _, right in links]), 4)
    return errors


def fit_scorers(
    extractor: Extractor, documents: Sequence[Gold], *, seed: int = 1, witness: bool = True
) -> dict[str, Logistic]:
    """Return the score of each kind that has enough examples, learned from documents with records.

    Without ``witness`` it does not see what the rules would choose.
    """
    examples: dict[str, Examples] = {"unit": list(unit_examples(extractor, documents))}
    for document in documents:
        for question in questions_of(extractor, document):
            shown = question.features if witness else tuple(map(_without_rules, question.features))
            examples.setdefault(question.kind, []).extend(zip(shown, question.right, strict=True))
    fitted = {kind: fit_scorer(examples.get(kind, []), seed=seed) for kind in DECIDED}
    return {kind: scorer for kind, scorer in fitted.items() if scorer}


def _without_rules(features: Mapping[str, float]) -> Mapping[str, float]:
    return {name: value for name, value in features.items() if name != BY_RULES}


def choose_deciding(extractor: Extractor, scorers: Mapping[str, Logistic], held_out: Sequence[Gold]) -> frozenset[str]:
    """Return the kinds whose score is at least as good as the rules where these leave a choice; of no document, none."""
    models = LinkModels(scorers)
    chosen = set()
    open_questions = [q for gold in held_out for q in questions_of(extractor, gold) if not q.certain]
    for kind in set(scorers) - {"unit"}:
        asked = [q for q in open_questions if q.kind == kind]
        if asked and sum(q.holds(answer(models, q)) for q in asked) >= sum(q.holds(q.rule) for q in asked):
            chosen.add(kind)
    doubtful = [
        right for features, right in unit_examples(extractor, held_out) if _left_out(scorers.get("unit"), features)
    ]
    if doubtful and sum(doubtful) * 2 < len(doubtful):
        chosen.add("unit")
    return frozenset(chosen)


def _left_out(scorer: Logistic | None, features: Mapping[str, float]) -> bool:
    return scorer is not None and "tagged" not in features and probability(scorer.score_of(features)) < LEAST_UNIT


def fit_scorer(examples: Examples, *, seed: int = 1) -> Logistic | None:
    """Fit one logistic regression; ``None`` where there are too few examples, or all alike."""
    right = [holds for _, holds in examples]
    if not can_be_fitted(right, MIN_EXAMPLES):
        return None
    counts = Counter(name for features, _ in examples for name in features)
    rows = [{n: v for n, v in features.items() if counts[n] >= MIN_COUNT} for features, _ in examples]
    table = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=1000, random_state=seed).fit(table.fit_transform(rows), right)
    named = zip(table.get_feature_names_out(), model.coef_[0].tolist(), strict=True)
    weights = {str(name): round(weight, 3) for name, weight in named if abs(weight) >= MIN_WEIGHT}
    return Logistic(weights, round(float(model.intercept_[0]), 3))


def rescale(scorer: Logistic, examples: Examples) -> Logistic:
    """Fit slope and offset of the log-odds on unseen links (Platt 1999) and work them into the weights.

    The scorer is returned as it is where there are too few links, all alike, or a higher score is not more often right.
    """
    scores = [[scorer.score_of(features)] for features, _ in examples]
    fit = fit_platt(scores, [holds for _, holds in examples], least=MIN_EXAMPLES, rising=True)
    if fit is None:
        return scorer
    (slope,) = fit.weights
    weights = {name: round(slope * weight, 3) for name, weight in scorer.weights.items()}
    return Logistic(weights, round(slope * scorer.bias + fit.bias, 3))


def fit_calibrations(
    extractor: Extractor, models: LinkModels, training: Sequence[Gold], held_out: Sequence[Gold]
) -> dict[str, Calibration]:
    """Return the confidence of each kind, fitted on the links of held-out documents, where there are enough."""
    unseen = confidence_examples(extractor, models, held_out)
    seen = confidence_examples(extractor, models, training) if _short(unseen) else {}
    fitted = {
        kind: fit_calibration(unseen.get(kind, []) if kind not in _short(unseen) else seen.get(kind, []))
        for kind in KINDS
    }
    return {kind: calibration for kind, calibration in fitted.items() if calibration}


def _short(examples: Mapping[str, Sequence[object]]) -> list[str]:
    return [kind for kind in KINDS if len(examples.get(kind, ())) < MIN_HELD_OUT]


def fit_calibration(examples: Sequence[tuple[tuple[float, float, float], bool]]) -> Calibration | None:
    """Fit the weights of a link's own score, its entity and its target (Platt 1999 with three scores for one)."""
    fit = fit_platt([values for values, _ in examples], [holds for _, holds in examples], least=MIN_HELD_OUT)
    return Calibration(tuple(round(weight, 4) for weight in fit.weights), round(fit.bias, 4)) if fit else None


def calibration_error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error of links, as ``taskie evaluate`` counts it; 0 for no link."""
    return expected_error(bins_of(sure, right))


def answer(models: LinkModels, question: Question) -> int | None:
    """Return the index of the candidate that the scores alone choose, ``None`` for none of them."""
    scorer = models.scorers.get(question.kind)
    if not scorer or not question.features:
        return question.rule
    scores = [scorer.score_of(features) for features in question.features]
    best = max(range(len(scores)), key=scores.__getitem__)
    return best if scores[best] > 0 or question.kind == "indicator" else None
