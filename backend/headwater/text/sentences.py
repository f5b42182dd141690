"""Sentences of working text.

Every place where a sentence could end is looked at once, with the word before it and the words after it. Only the
question whether an unfamiliar short word is an abbreviation goes to sentencex, which knows long lists of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import sentencex

from headwater.domain.spans import Span

_OPENING = "\"'“‘«„‚([{¿¡*_"
_CLOSING = "\"'”’»)\\]}*_"
_LINE = re.compile(r"[^\n]++")
_END = re.compile(
    rf"(?<![.!?…؟۔])(?P<stop>[.!?…؟۔]++)(?P<close>[{_CLOSING}]*+)(?P<note>(?<=[^\W\d_][.!?])\d{{1,3}}(?=\s+[A-Z])|(?:\[\d{{1,3}}\])*+)"
    rf"(?P<gap>\s++|(?=[A-Z][a-z]))"
    r"|(?P<wide>[。！？｡]++[」』”’）]*+)"
)
_WORD_BEFORE = re.compile(r"(?<![^\W_])(?<![.'’\-&])(?:[^\W_]|[.'’\-&])++\Z")
_LONGEST_WORD = 40  # characters looked back for the word before a full stop
_WORD_AFTER = re.compile(rf"[{re.escape(_OPENING)}\s]*+(?P<word>(?:[^\W_]|['’\-])*+)")
_LIST_MARKER = re.compile(
    r"\s*(?:(?:Sec(?:tion|\.)?|Art(?:icle|\.)?|Chapter|Part|Rule|Clause|Schedule|Annex|Title|Notes?:?)\s)?"
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxlIVXL]{1,5})\)?\Z"
)
_LONGEST_MARKER = 16  # characters
_NEXT_ITEM = re.compile(r"\((?:[a-z]|\d{1,2}|[ivx]{1,4})\)\s+[\"“‘']?[A-Z]")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_SIGN = re.compile(r"[\"'“‘«(\[]*[£$€¥¢#@\U0001f300-\U0001faff]")
_VOWEL = re.compile("[aeiouy]")
_NUMBERED = re.compile(r"[\d(\[]|(?!I\s[a-z])(?:[IVXLC]+|[A-Z])\b(?!['’])")
_SPEAKER = re.compile(r"(?=(?P<name>\w+))(?:(?:[A-Z][\w.'’\-]*|of|the|for|and)\s+){1,6}(?P<verb>[a-z]+)\b")
_ELLIPSIS = 4  # full stops, the last of them the sentence's own; more of them lead from one column to the next
_LONGEST_ABBREVIATION = 5  # letters; longer ones are in the table


class _Lists(NamedTuple):
    titles: frozenset[str]
    inner: frozenset[str]
    before_number: frozenset[str]
    dated: frozenset[str]
    either: frozenset[str]
    time_goes_on: frozenset[str]
    lettered: frozenset[str]
    starters: frozenset[str]
    speech: frozenset[str]
    words: frozenset[str]


def split_sentences(text: str) -> tuple[Span, ...]:
    """Split working text into sentences; a line end always ends one.

    Closing marks stay with their sentence, list markers with theirs, and a question in quotation marks with the
    words that say who asked.

    Args:
        text: Working text.

    Returns:
        Spans in order, without surrounding blanks; together they hold every character that is not blank.

    >>> text = "Mr. Smith left at 5 p.m. on Friday. “Why?” she asked."
    >>> [span.slice(text) for span in split_sentences(text)]
    ['Mr. Smith left at 5 p.m. on Friday.', '“Why?” she asked.']
    """
    spans = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in (*_ends(text, line.start(), line.end()), line.end()):
            span = _trim(text, start, end)
            if span is not None:
                spans.append(span)
            start = end
    return tuple(spans)


def _trim(text: str, start: int, end: int) -> Span | None:
    sentence = text[start:end]
    stripped = sentence.strip()
    if not stripped:
        return None
    start += len(sentence) - len(sentence.lstrip())
    return Span(start, start + len(stripped))


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Find where sentences end inside a line."""
    begin = start
    for found in _END.finditer(text, start, end):
        if found.end() == end:
            return
        if found["wide"] or _is_end(found, text[max(begin, found.start() - 2 * _LONGEST_WORD) : found.start()], begin):
            begin = found.end()
            yield begin


def _is_end(found: re.Match[str], sentence: str, begin: int) -> bool:
    """Decide one place.

    Args:
        found: The marks that could end a sentence.
        sentence: What stands before them in the same sentence, as far back as matters.
        begin: Where the sentence begins.
    """
    after = found.string[found.end() : found.end() + 3 * _LONGEST_WORD].split("\n", 1)[0]
    following = _WORD_AFTER.match(after)
    word = following["word"] if following else ""
    if not found["gap"]:
        return _is_starter(word) and sentence[-2:].isalpha() and sentence[-2:].islower()
    if not word:
        return _SIGN.match(after) is not None
    if word[0].islower() or len(found["stop"]) > _ELLIPSIS:
        return found["stop"] == "." and _NEXT_ITEM.match(after) is not None and not _is_marker(found, begin)
    if found["stop"] != ".":
        return any(character.isalnum() for character in sentence) and not _goes_on_to_speaker(found, after)
    if found["close"].strip("*_"):
        return not (found["close"] in (")", "]") and _is_marker(found, begin))
    return not _is_marker(found, begin) and _ends_with_full_stop(sentence, word, after)


def _is_starter(word: str) -> bool:
    """Say whether a word, perhaps with a contracted verb, opens sentences and hardly ever names."""
    bare = re.split("['’]", word, maxsplit=1)[0]
    return bare.lower() in _lists().starters and not (bare.isupper() and len(bare) > 1)


def _goes_on_to_speaker(found: re.Match[str], after: str) -> bool:
    """Say whether a quoted question or exclamation is followed by who said it."""
    if not any(mark in "\"'”’»" for mark in found["close"]):
        return False
    speaker = _SPEAKER.match(after)
    return speaker is not None and speaker["verb"] in _lists().speech and not _is_starter(speaker["name"])


def _is_marker(found: re.Match[str], begin: int) -> bool:
    """Say whether all that stands before is a list marker ("1.", "(a).")."""
    return (
        found.start() - begin <= _LONGEST_MARKER and _LIST_MARKER.match(found.string, begin, found.start()) is not None
    )


def _ends_with_full_stop(sentence: str, word: str, after: str) -> bool:
    """Decide for a single full stop before a blank and a capital or a figure."""
    found = _WORD_BEFORE.search(sentence)
    before = found[0].strip("'’-&.") if found else ""
    if not before:
        return bool(sentence.strip(_OPENING))
    is_starter = _is_starter(word)
    if len(before) == 1 and before.isupper():
        return _ends_with_capital(sentence, word, is_starter=is_starter and len(word) > 1)
    known = _ends_after_known(before, word, after)
    if known is not None:
        return known
    return is_starter or not (before.lower() in _lists().either or _ACRONYM.match(before) or _is_abbreviation(before))


def _ends_after_known(before: str, word: str, after: str) -> bool | None:
    """Decide after an abbreviation that is listed as one that never, or always, ends a sentence there."""
    lists, lower = _lists(), before.lower()
    if before in lists.titles or lower in lists.inner:
        return False
    if lower in ("a.m", "p.m", "am", "pm"):
        return word not in lists.time_goes_on
    if lower in lists.before_number or before in lists.dated:
        return not _NUMBERED.match(after)
    return True if lower == "etc" else None


def _ends_with_capital(sentence: str, word: str, *, is_starter: bool) -> bool:
    """Decide after a single capital: an initial goes on, "Plan B." ends."""
    words = sentence.split()
    previous = words[-2].strip(_OPENING).lower() if len(words) > 1 else ""
    if previous in _lists().lettered:
        return True
    if is_starter:
        return bool(previous) and not words[-2].endswith(".")
    return not word


@lru_cache(maxsize=4096)
def _is_abbreviation(word: str) -> bool:
    """Ask sentencex whether a short word is an abbreviation that a name can follow.

    Asked of what can hardly be a word: sentencex also lists words (May, me, in).
    """
    if not 1 < len(word) <= _LONGEST_ABBREVIATION or not word.isascii() or not word.isalpha() or word.isupper():
        return False
    if word in _lists().words or (word.islower() and _VOWEL.search(word)):
        return False
    return len(sentencex.segment("en", f"They saw {word}. Smith again.")) == 1


@cache
def _lists() -> _Lists:
    tables = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
    return _Lists(**{name: frozenset(words.split()) for name, words in tables.items()})
