"""Turn text into the arrays the tagger's network reads: characters, pairs of characters, classes.

Boundary: pure numpy over code points, the same for training and extraction; the network itself
knows nothing of text.
"""

from __future__ import annotations

import functools
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
    """The characters a network knows, and the pairs of characters it has vectors for.

    ``table`` and ``classes`` map code points to ids, shape (TABLE_SIZE,), int32; ``known_keys`` are the known pairs as
    rising numbers, shape (pairs,), int64.
    """

    characters: str
    pair_buckets: int
    table: NDArray[np.int32]
    classes: NDArray[np.int32]
    known_pairs: str
    known_keys: NDArray[np.int64]

    @classmethod
    def build(cls, characters: str, *, pair_buckets: int, known_pairs: str = "") -> Alphabet:
        """Build the alphabet from the known ``characters``; ids follow their order, after padding and unknown.

        ``known_pairs`` are pairs of normal characters, one behind the other, in the order of ``pair_keys``; raises
        ``ValueError`` if they are not.
        """
        known = np.full(TABLE_SIZE, UNKNOWN, np.int32)
        known[[ord(c) for c in characters]] = np.arange(2, len(characters) + 2)
        keys = pair_keys(known_pairs)[::2]
        if len(known_pairs) % 2 or (np.diff(keys) <= 0).any():
            raise ValueError("the known pairs are not in rising order, each once")
        return cls(characters, pair_buckets, known[_normal_table()], _class_table(), known_pairs, keys)

    @property
    def size(self) -> int:
        """Return the number of character ids."""
        return len(self.characters) + 2

    def encode(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Return ids of characters, of pairs (this and the next character), of classes and of known pairs.

        Each has shape (len(text),). The second are hashed, so that every pair has one; the last are 0 for unknown pairs.
        """
        codes = code_points(text)
        characters = self.table[codes]
        following = np.append(characters[1:], PAD).astype(np.int64)
        pairs = (characters.astype(np.int64) * 8191 + following * 131 + 7) % self.pair_buckets
        return characters, pairs.astype(np.int32), self.classes[codes], self._known(text)

    def _known(self, text: str) -> NDArray[np.int32]:
        if not len(self.known_keys):
            return np.zeros(len(text), np.int32)
        keys = pair_keys(text)
        places = np.minimum(np.searchsorted(self.known_keys, keys), len(self.known_keys) - 1)
        return np.where(self.known_keys[places] == keys, places + 1, 0).astype(np.int32)


def pair_keys(text: str) -> NDArray[np.int64]:
    """Return a number for each pair of this and the next normal character; shape (len(text),), int64."""
    normal = _normal_table()[code_points(text)]
    return normal * TABLE_SIZE + np.append(normal[1:], 0)


def code_points(text: str) -> NDArray[np.int64]:
    """Return the code point of each character, those beyond the tables as U+FFFD; shape (len(text),)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(codes < TABLE_SIZE, codes, 0xFFFD).astype(np.int64)


def normal_character(character: str) -> str:
    """Return the form under which a character is looked up: digits are one, half-width marks are full-width."""
    if character.isdecimal():
        return _DIGIT
    if "Ａ" <= character <= "Ｚ" or "ａ" <= character <= "ｚ":
        character = chr(ord(character) - 0xFEE0)
    return _SAME.get(character, character)


@functools.cache
def _normal_table() -> NDArray[np.int64]:
    """Return the code point of the normal form of each; shape (TABLE_SIZE,)."""
    return np.array([ord(normal_character(chr(code))) for code in range(TABLE_SIZE)], np.int64)


@functools.cache
def _class_table() -> NDArray[np.int32]:
    table = np.full(TABLE_SIZE, UNKNOWN, np.int32)
    letters = [code for code in range(128) if chr(code).isalpha()]
    table[letters] = list(CLASSES).index("latin") + 2
    for i, members in enumerate(CLASSES.values()):
        table[[ord(c) for c in members]] = i + 2
    return table[_normal_table()]


CLASS_COUNT = len(CLASSES) + 2
