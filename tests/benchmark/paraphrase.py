"""Paraphrases of corpus passages by fixed rules: queries whose right answer is known, without any model.

Each passage gets the same rewrite in every run: choices are made by a hash of its text.
"""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path
from zlib import crc32

TABLE = tomllib.loads((Path(__file__).parent / "paraphrase.toml").read_text(encoding="utf-8"))
WORDS: dict[str, str] = TABLE["words"]
PRONOUNS: dict[str, str] = TABLE["pronouns"]
SYNONYM = re.compile(rf"\b({'|'.join(sorted(map(re.escape, WORDS), key=len, reverse=True))})\b")
PRONOUN = re.compile(rf"\b({'|'.join(sorted(map(re.escape, PRONOUNS), key=len, reverse=True))})\b")
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
NAME = re.compile(r"(?<=[\w,] )[A-Z]\w+(?:(?: of| and| the)? [A-Z]\w+)*")
LEADING = re.compile(r"((?:In|On|At|By|Since|During|For|After|As|While|When|With)\b[^,.;]{8,80}), (\w.*?)([.”\"]*)$")


def light(text: str) -> str:
    """Exchange synonyms, turn quoted words into reported ones, and frame the sentence."""
    chance = random.Random(crc32(text.encode()))
    return _frame(_lower_first(_reported(_synonyms(text, chance, 0.7))), chance)


def heavy(text: str) -> str:
    """Do what `light` does to every word it can, move the clauses, drop words, and make figures rough."""
    chance = random.Random(crc32(text.encode()))
    text = _synonyms(_reported(re.sub(r"\([^)]*\)|\[[^\]]*\]", "", text)), chance, 1.0)
    text = LEADING.sub(r"\2 \1", text)
    halves = re.split(r", (?:and|but|which|where|while) |; ", text, maxsplit=1)
    if len(halves) == 2 and min(map(len, halves)) > 40:
        text = f"{halves[1].rstrip('.”')}, as {halves[0]}"
    words = FIGURE.sub(lambda figure: _rough(figure[0]), text).split()
    kept = [word for word in words if chance.random() > 0.2]
    return _frame(_lower_first(" ".join(kept[: max(8, int(len(kept) * 0.75))])), chance)


def vague(text: str) -> str:
    """Do what `heavy` does, then put common nouns for names and leave out a good part of the longer words."""
    chance = random.Random(crc32(text.encode()) + 1)
    text = NAME.sub(lambda _: chance.choice(TABLE["names"]["nouns"]), heavy(text))
    return " ".join(word for word in text.split() if len(word) < 7 or chance.random() > 0.4)


def altered_quote(text: str) -> str:
    """Cut a stretch of 12 to 30 words out, alter its figures, and drop a tenth of its words."""
    chance = random.Random(crc32(text.encode()))
    words = text.strip('“”"').split()
    length = min(len(words), chance.randint(12, 30))
    start = chance.randint(0, len(words) - length)
    stretch = " ".join(word for word in words[start : start + length] if chance.random() > 0.1)
    return FIGURE.sub(lambda figure: _wrong(figure[0], chance), stretch)


def _synonyms(text: str, chance: random.Random, share: float) -> str:
    return SYNONYM.sub(lambda word: WORDS[word[0]] if chance.random() < share else word[0], text)


def _reported(text: str) -> str:
    if not text.startswith(("“", '"')):
        return text
    return PRONOUN.sub(lambda word: PRONOUNS[word[0]], text.strip('“”"'))


def _rough(figure: str) -> str:
    digits = figure.replace(",", "")
    if "." in digits or len(digits) < 3 or (len(digits) == 4 and digits[:2] in {"19", "20"}):
        return figure
    kept = digits[:2] + "0" * (len(digits) - 2)
    return f"about {int(kept):,}"


def _wrong(figure: str, chance: random.Random) -> str:
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + chance.randint(1, 9)) % 10), figure)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if re.match(r"[A-Z][a-z]", text) else text


def _frame(text: str, chance: random.Random) -> str:
    frames = TABLE["frames"]
    framed = chance.choice(frames["before"]).format(text.rstrip("."))
    return chance.choice(frames["after"]).format(framed) + "."
