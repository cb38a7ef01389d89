"""Read the noun phrase that the words behind an amount begin with: 3条｜示范街区, 45人的｜扑火队.

Boundary: words behind one amount; predicates there (专款专用, 足额到位) name nothing.
"""

from __future__ import annotations

import re

from taskie.relations.verbs import LEADING_VERB

_RIGHT_END = re.compile(
    r"[，。；：、！？,;（(《]|实施|完成|开展|按照|按时|按期|按|进行|达到|实现|建成|投入|落户|落地|开工|竣工|投产|投用|参加|参与|入驻|纳入|通过|以上|在(?!建|营|校|岗|册|线)|面向|由|(?<![方定双单])向|对|为|获|均|全部|得到|启动|申报|上市|挂牌|完善|提升至|提高到|以进行|以|一并|一同|一律|并|力争|确保|覆盖|接入|取得|享受|受益|从|用于|正在|陆续|同时|给(?!水|排水|药|氧|养|出)|当面|予以|分别|配建|发放|安装|加装|设置|开通|配备|购置|签订|组建|建立|实行|推行|逐一|逐户|逐个|优先|先行|继续|承诺|赴|做(?!法)|来(?!水|源|料|访)|共同(?!体|富裕|缔造)|联合(?!体|会|社)|"
    r"错位|同步|逐[\u4e00-\u9fff](?=逐|[\u4e00-\u9fff])|落实|制定|担任|参赛|做起|过后|之后|后全面|压下|衔接|[应能](?P<each>[\u4e00-\u9fff])尽(?P=each)|专款专用|足额|下沉|列入|必须|(?<!必)须|应当|不得|(?<![需重主纲摘首])要(?![素道塞点闻件求案])|拨付|办结|兑现|补齐|执行|全免|减半|试产|加快|据实|且|须由|启用|封顶|投运|通车|(?<!从)未(?!成年|来|婚|利用|批)|依法|仍|再(?!生|就业|造)|到(?![位期账岗场户货达])"
)
_RIGHT_TAIL = re.compile(r"(?:建设进度|建设工作|建设任务|建设|工作|任务|进度|目标|有序开展|有序|等|左右|的|新增)+$")
# Words that say what the things behind an amount are for: 可供300人｜使用的药品.
_USED = re.compile(r"^(?:使用|参加|居住|就业|入住|饮用|使用上)的(?=[\u4e00-\u9fff]{2})")
_MONEY_GIVEN = re.compile(r"^(?:给予|予以)(?=[\u4e00-\u9fff]{0,6}(?:补贴|补助|奖励|贴息|奖补)(?:$|[，。；、]))")


def right_phrase(right: str, *, last: bool = True) -> str | None:
    """Return the noun phrase that the words behind an amount begin with; ``None`` where they begin with a verb.

    Behind the ``last`` amount of a clause the phrase runs over 、 to the head of the list (消防、食品、校车检查).
    """
    words = right.lstrip(" \t\n\u3000")
    if words.startswith("的"):
        quoted = re.search(r"“[^”]{1,20}”", words)
        return quoted[0] if quoted else right_phrase(words[1:], last=last)
    words = _MONEY_GIVEN.sub("", _USED.sub("", words))
    if words.startswith("标准"):
        words = "" if len(words) == len("标准") else re.sub(r"^标准(?=补助|补贴|奖励|发放)", "", words)
    if not words or words[0] in "，。；：、！？,;（()）以之和及与或且":
        return None
    phrase = _until_verb(words)
    while last and words[len(phrase) :].startswith("、"):
        more = words[len(phrase) + 1 :]
        following = _until_verb(more)
        if not following or LEADING_VERB.match(more) or re.match(r"[一二三\d不无未没]|等", more):
            break
        phrase += "、" + following
    phrase = (_RIGHT_TAIL.sub("", phrase) or phrase).strip()
    return phrase if len(phrase) >= 1 and any("\u4e00" <= c <= "\u9fff" or c.isalnum() for c in phrase) else None


def right_ends(right: str) -> list[str]:
    """Return the phrases that the words behind an amount may begin with, shortest first; each once."""
    words = right.lstrip(" \t\n\u3000").removeprefix("的")
    if not words or words[0] in "，。；：、！？,;（()）":
        return []
    ends = [match.start() for match in _RIGHT_END.finditer(words) if match.start()][:4]
    ends += [match.start() for match in re.finditer("[、的，。；]", words) if match.start()][:3] + [len(words)]
    found = [_RIGHT_TAIL.sub("", words[:end]) or words[:end] for end in sorted(set(ends))]
    found += [phrase for last in (True, False) if (phrase := right_phrase(right, last=last))]
    return list(dict.fromkeys(found))


def _until_verb(words: str) -> str:
    close = re.search("[”’》]", words) if words[:1] in "“‘《" and words else None
    match = _RIGHT_END.search(words, close.end() if close else 0)
    return words[: match.start()] if match else words
