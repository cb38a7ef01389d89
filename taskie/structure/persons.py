"""Read the persons of a leader label or cell, their ranks left out.

Boundary: form only. What stands there are persons, so a name may end like a body (卓景行, 李建会); a body put there by
mistake is still told apart, and where form cannot tell (王永镇, a person or a town) it counts as a body.
"""

from __future__ import annotations

import re

from taskie.structure.bodies import looks_like_body

# The surnames that cover nearly all names; two characters first.
_COMPOUND = (
    "欧阳 上官 司马 诸葛 尉迟 皇甫 慕容 令狐 司徒 夏侯 东方 公孙 宇文 端木 呼延 南宫 淳于 申屠 完颜 赫连".split()
)
_SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦"
    "申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司"
    "柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁蒙计喻揭"
    "窦迟敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼衣楚佟栗匡宗应台巫鞠僧桑荆谌明沙伏岑习胥蔺"
)
_SURNAME = re.compile(rf"{'|'.join(_COMPOUND)}|[{_SINGLE}]")
# Endings of bodies that given names have as well, and what stands before them in bodies, titles and offices (支行, 居委会, 律师).
_GIVEN_NAME = re.compile(
    r"^[\u4e00-\u9fff](?:(?<![银支分商总])行|(?<![委联工协学商研促总善理事大])会|(?<![销作信报版总联])社|(?<![教律老总程])师|(?<![视播电平])台|连)$"
)
# Given names that are words of their own, with endings that otherwise mean a body.
_WORDS = frozenset("登科 红旗 宝库 文库 九州 神州 国盟 建港 玉关".split())
_HAN = r"\u4e00-\u9fff\u2e80-\u2fdf"
_NAME = re.compile(rf"^[{_HAN}·]{{2,12}}$")
# 周××, 吴×华, 旦增xx: masked by who published it.
_MASKED = re.compile(rf"^[{_HAN}]{{1,4}}·?[×xXｘＸ*＊]{{1,3}}[{_HAN}]?$")
_LIST_END = re.compile(r"。|\n[ \t\u3000]*\r?\n|\n(?=[^\n：:]{1,12}[：:])")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]?$")
_RANK = (
    r"(?:党组|党委|党工委|常委|政府|管委会|市委|县委|区委|局|常务)*(?:副?(?:市长|县长|区长|州长|旗长|镇长|乡长|省长|书记|主任|局长|部长|主席|专员|厅长|处长|科长|秘书长|组长|院长|校长|总经理|董事长|站长|队长)|"
    r"(?:市委|县委|区委|省委)?常委|委员|成员|调研员|主席)"
)
_RANK_BEFORE = re.compile(rf"^[\u4e00-\u9fff（）()]{{0,16}}?{_RANK}(?=[\u4e00-\u9fff·×xX]{{2,}}$)")
_ONLY_RANK = re.compile(rf"^[\u4e00-\u9fff（）()]{{0,16}}?{_RANK}$")
# 陈 刚: a name of two characters set as wide as one of three.
_WIDE_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")


def read_leaders(value: str) -> list[str]:
    """Return the persons of a leader label or cell; their ranks (县委常委、政法委书记) are left out.

    They end at a full stop, an empty line or a line that begins with a label of its own.
    """
    names = []
    value = _WIDE_NAME.sub(r"\1\2", _LIST_END.split(value.strip(" \t\r\n\u3000。；;，,）)"), maxsplit=1)[0])
    for piece in re.split(r"[、，,；;/\n]|\s+", value):
        piece = _BRACKET.sub("", piece.strip())
        if _ONLY_RANK.match(piece):
            continue
        rank = _RANK_BEFORE.match(piece)
        piece = piece[rank.end() :] if rank else re.sub(rf"{_RANK}$", "", piece) or piece
        if looks_like_person(piece):
            names.append(piece)
    return names


def looks_like_person(name: str) -> bool:
    """Tell whether what stands where a person is expected is one: no body by its form, or a surname with a given name."""
    if not _NAME.match(name) and not _MASKED.match(name):
        return False
    return not looks_like_body(name) or _has_given_name(name)


def begins_with_surname(name: str) -> bool:
    """Tell whether a name begins with one of the common surnames."""
    return _SURNAME.match(name) is not None


def _has_given_name(name: str) -> bool:
    """Tell whether a surname and a given name of two characters make up the name; shorter ones are too often bodies (郑州)."""
    surname = _SURNAME.match(name)
    if not surname:
        return False
    given = name[surname.end() :]
    return given in _WORDS or _GIVEN_NAME.match(given) is not None
