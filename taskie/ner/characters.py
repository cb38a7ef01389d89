"""Turn text into the arrays the tagger's network reads: characters, pairs of characters, classes.

Boundary: pure numpy over code points, the same for training and extraction; the network itself
knows nothing of text.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Characters beyond this code point share one entry: they are rare and say little.
TABLE_SIZE = 0x10000
PAD, UNKNOWN = 0, 1
_DIGIT = "0"
_SAME = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "［": "〔", "[": "〔", "]": "〕",
         "］": "〕", "~": "—", "－": "—", "–": "—", "-": "—", "～": "—", "%": "％", "X": "x", "×": "x", "＊": "x", "*": "x", "\u3000": " ",
         "\xa0": " ", "\r": "\n", '"': "“", "．": ".", "｜": "|", "／": "/", "＋": "+"}  # fmt: skip
CLASSES = {
    "digit": "0", "numeral": "一二三四五六七八九十百千万亿两半几数", "comma": "，", "stop": "。；！？", "colon": "：", "list": "、",
    "open": "（〔【", "close": "）〕】", "quote": "“”‘’", "book": "《》", "space": " ", "line": "\n", "cell": "\t|", "latin": "x",
    "unit": "个家项元户人次名座所处条亩吨米里套台辆件场期期间种只头栋层年月日％", "body": "局委厅办部院会社署室站队司行校园镇乡县区市省",
    "work": "路桥库厂线园楼馆站港渠管网井场", "bound": "前内底末上下左右余超达",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters a network knows; ``table`` maps code points to ids, shape (TABLE_SIZE,), int32."""

    characters: str
    pair_buckets: int
    table: NDArray[np.int32]
    classes: NDArray[np.int32]

    @classmethod
    def build(cls, characters: str, *, pair_buckets: int) -> Alphabet:
        """Build the alphabet from the known ``characters``; ids follow their order, after padding and unknown."""
        ids = {c: i + 2 for i, c in enumerate(characters)}
        table = np.full(TABLE_SIZE, UNKNOWN, np.int32)
        for code in range(TABLE_SIZE):
            c = normal_character(chr(code))
            if c in ids:
                table[code] = ids[c]
        return cls(characters, pair_buckets, table, _class_table())

    @property
    def size(self) -> int:
        """Return the number of character ids."""
        return len(self.characters) + 2

    def encode(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Return character ids, pair ids (this and the next character) and class ids, each of shape (len(text),)."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = np.where(codes < TABLE_SIZE, codes, 0xFFFD).astype(np.int64)
        characters = self.table[codes]
        following = np.append(characters[1:], PAD).astype(np.int64)
        pairs = (characters.astype(np.int64) * 8191 + following * 131 + 7) % self.pair_buckets
        return characters, pairs.astype(np.int32), self.classes[codes]


def normal_character(character: str) -> str:
    """Return the form under which a character is looked up: digits are one, half-width marks are full-width."""
    if character.isdecimal():
        return _DIGIT
    if "Ａ" <= character <= "Ｚ" or "ａ" <= character <= "ｚ":
        character = chr(ord(character) - 0xFEE0)
    return _SAME.get(character, character)


def _class_table() -> NDArray[np.int32]:
    members = {c: i + 2 for i, chars in enumerate(CLASSES.values()) for c in chars}
    table = np.full(TABLE_SIZE, UNKNOWN, np.int32)
    for code in range(TABLE_SIZE):
        c = normal_character(chr(code))
        if c in members:
            table[code] = members[c]
        elif c.isascii() and c.isalpha():
            table[code] = members["x"]
    return table


CLASS_COUNT = len(CLASSES) + 2
