"""Documents built by hand, and hypothesis strategies for marked texts."""

from hypothesis import strategies as st

from taskie.interchange import MarkedText, Mention, Relation
from taskie.interchange.marks import MENTION_LABELS, TAIL_LABELS, TARGET

TEXT = (
    "柳泉县2024年重点工作任务分解\n一、壮大工业\n"
    "1. 推进项目。年底前建成滨河大桥，新增研发平台5家以上。（牵头单位：县科技局；配合单位：县财政局、县住建局）\n"
    "2. 办教育。新增学位800个。（责任单位：县教育局）\n"
)


def mention(words, label, *, text=TEXT, nth=0):
    """Return the mention of the nth occurrence of the words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Mention(start, start + len(words), label)


def example():
    """Return a marked text with every kind of mention and relation."""
    bridge, platform, school = (
        mention(words, TARGET) for words in ("年底前建成滨河大桥", "新增研发平台5家以上", "新增学位800个")
    )
    date, project = mention("年底前", "DEADLINE"), mention("滨河大桥", "PROJECT")
    science, finance, building, teaching = (
        mention(words, "ORG") for words in ("县科技局", "县财政局", "县住建局", "县教育局")
    )
    five, places = mention("5家以上", "QUANTITY"), mention("800个", "QUANTITY")
    relations = [
        Relation(bridge, science, "lead"), Relation(bridge, finance, "cooperating"), Relation(bridge, building, "cooperating"),
        Relation(bridge, date, "deadline"), Relation(bridge, project, "project"),
        Relation(platform, science, "lead"), Relation(platform, date, "deadline"), Relation(platform, five, "measure"),
        Relation(school, teaching, "responsible"), Relation(school, places, "measure"),
    ]  # fmt: skip
    mentions = [bridge, platform, school, date, project, science, finance, building, teaching, five, places]
    return MarkedText("notice", TEXT, tuple(sorted(mentions)), tuple(sorted(relations)))


# Astral characters, line ends, spaces inside, quotes and the marks that formats use themselves.
ALPHABET = st.sampled_from([*"县科技局5家年底前项目；，。|;:'\"\\{}<>&", "𠮷", "😀", "\u2028", "\t", "\n", " ", "é"])


@st.composite
def marked_texts(draw):
    """Return texts with flat entities, targets over them and every kind of relation that fits."""
    text = draw(st.text(ALPHABET, min_size=4, max_size=60))
    entities = draw(flat_mentions(text, [label for label in MENTION_LABELS if label != TARGET]))
    targets = draw(flat_mentions(text, [TARGET]))
    relations = []
    for head in targets:
        dated = False
        for tail in entities:
            labels = [label for label, wanted in TAIL_LABELS.items() if wanted == tail.label]
            label = draw(st.sampled_from([None, *labels]))
            inside = head.start <= tail.start < head.end
            if label is None or (label in ("project", "measure") and not inside) or (label == "deadline" and dated):
                continue
            dated = dated or label == "deadline"
            relations.append(Relation(head, tail, label))
    return MarkedText("doc", text, tuple(sorted([*entities, *targets])), tuple(sorted(relations)))


@st.composite
def flat_mentions(draw, text, labels):
    """Return mentions without overlap that neither begin nor end with white space."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    kept = [(a, b) for a, b in spans if text[a:b].strip() == text[a:b]]
    return [Mention(a, b, draw(st.sampled_from(labels))) for a, b in kept]
