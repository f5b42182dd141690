"""Lines that announce somebody's words, and whom they name: "Speaking in Glasgow, the Prime Minister said:"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.text.sentences import split_sentences

LONGEST_SPEAKER = 120  # characters: name, office and organisation; more is a clause that was misread
LONGEST_LABEL_WORDS = 12  # "Parliamentary Under-Secretary of State for Pensions and Child Poverty Jo Lee:"
LONGEST_TAIL = 60  # characters between verb and colon: "said in a statement to the House:"
CLOSERS = {"“": "”", '"': '"', "„": "“”", "«": "»", "‘": "’", "'": "'"}  # opening mark to the marks that close it
HAS_FIGURE = re.compile(r"\d")  # "Clause 141", "Appendix G-2", "Page 22": a text speaks, not a person
ANNOUNCING = re.compile(
    r"(?P<who>(?:[^.:;“”\"]|\b(?:hon|mrs?|ms|dr|st)\.){3,200}?)(?:,[^,]{0,60},)? "
    r"(?:(?:has|have|today|yesterday|this morning) ){0,2}"
    r"(?:made|makes|issued|issues|released|releases|delivered|gave) the following (?:[\w-]+ ){0,3}"
    r"(?:statement|speech|remarks|message|address|answer|letter)\b[^.:]{0,80}[.:]?$",
    re.IGNORECASE,
)
HOUSE = re.compile(r"\b(?:No\.?|Number) 10\b|\b10 Downing Street\b|\b11 Downing Street\b")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """An announcement of somebody's words.

    Args:
        speaker: As written, or "" where the line names nobody that can be told.
        is_pronoun: Whether the speaker is named by a pronoun only.
        is_tight: Whether somebody is named and the verb stands right before the colon: speech follows, marks or none.
        is_whole_line: Whether somebody is named and nothing else stands in the paragraph.
    """

    speaker: str
    is_pronoun: bool = False
    is_tight: bool = False
    is_whole_line: bool = True


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_name("lead_ins.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in table.items()}


@cache
def _saying() -> re.Pattern[str]:
    verbs = "|".join(sorted(_words()["verbs"]))
    return re.compile(rf"[\s,](?P<verb>{verbs})\b(?P<tail>[^:.!?;“”\"]{{0,{LONGEST_TAIL}}}):$")


def find_lead_in(paragraph: str) -> LeadIn | None:
    """Return the announcement that a paragraph ends with, or None.

    Args:
        paragraph: One paragraph of working text, without white space around it.

    >>> find_lead_in("Speaking in Glasgow, Home Secretary Yvette Cooper said:").speaker
    'Home Secretary Yvette Cooper'
    >>> find_lead_in("The figures are as follows:") is None
    True
    """
    if not paragraph.endswith(":"):
        return None
    last = split_sentences(paragraph)[-1:]
    sentence = last[0].slice(paragraph).strip() if last else paragraph
    found = _saying().search(sentence)
    if found is None:
        return None
    speaker = _speaker(sentence[: found.start()])
    return LeadIn(
        speaker,
        is_pronoun=speaker.casefold() in _words()["pronouns"],
        is_tight=bool(speaker) and not found["tail"].strip(),
        is_whole_line=bool(speaker) and sentence == paragraph,
    )


def find_author(paragraph: str) -> str:
    """Return who made the whole statement that a paragraph announces, or "".

    Args:
        paragraph: One paragraph of working text.

    >>> find_author("My noble friend the Minister for Roads (Lord Vane) has today made the following statement.")
    'My noble friend the Minister for Roads (Lord Vane)'
    """
    found = ANNOUNCING.match(paragraph) if " the following " in paragraph else None
    return _speaker(found["who"]) if found is not None and _is_name(found["who"]) else ""


def find_label(paragraph: str) -> LeadIn | None:
    """Return a speaker's name that stands alone before a colon ("Foreign Secretary:"), or None.

    Only for a paragraph that a quotation follows: headings look the same.

    Args:
        paragraph: One paragraph of working text.
    """
    name = paragraph.removesuffix(":").strip()
    words = name.split()
    if name == paragraph or not 0 < len(words) <= LONGEST_LABEL_WORDS or re.search(r"[.!?;:]\s", name):
        return None
    is_name = all(word[0].isupper() or word in _words()["particles"] for word in words) and words[0][0].isupper()
    return LeadIn(name) if is_name else None


def _speaker(before: str) -> str:
    """Return the speaker in the words before the verb, or "" where they are no name."""
    parts = [part.strip() for part in before.split("—", maxsplit=1)[0].split(",")]
    while len(parts) > 1 and _introduces(parts[0]):
        parts.pop(0)
    words = ", ".join(part for part in parts if part).split()
    while words and (words[-1].casefold() in _words()["adverbs"] or words[-1].endswith("ly")):
        words.pop()
    while words and words[0].casefold() in _words()["adverbs"]:
        words.pop(0)
    speaker = " ".join(words).strip(" ,–-")
    return speaker if _is_name(speaker) or speaker.casefold() in _words()["pronouns"] else ""


def _is_name(words: str) -> bool:
    """Say whether words can be a name or an office: a capital in them, no clause, no number but that of a house."""
    if not words or len(words) > LONGEST_SPEAKER or _introduces(words) or HAS_FIGURE.search(HOUSE.sub("", words)):
        return False
    bare = [word.strip(",()“”\"'").replace("’", "'") for word in words.split()]
    # A capital inside is a name's: "the One You campaign".
    if any(word.casefold() in _words()["clause_words"] for at, word in enumerate(bare) if at == 0 or word.islower()):
        return False
    return any(word[0].isupper() for word in words.split())


def _introduces(part: str) -> bool:
    first = part.split(" ", 1)[0].casefold()
    return first in _words()["introducers"] or (first.endswith("ing") and len(first) > 4)


def find_opening_mark(paragraph: str) -> str | None:
    """Return the quotation mark a paragraph opens with, or None; an apostrophe ("'tis") is none."""
    if len(paragraph) < 2 or paragraph[0] not in CLOSERS or paragraph[1].isspace():
        return None
    return None if paragraph[0] in "‘'" and paragraph[1].islower() else paragraph[0]


def closes_quotation(paragraph: str, opening: str) -> bool:
    """Say whether a paragraph ends with the mark that closes a quotation, full stop before or behind it.

    Args:
        paragraph: One paragraph of working text.
        opening: The mark the quotation opened with.
    """
    return paragraph.rstrip(".,;!?").endswith(tuple(CLOSERS[opening]))


def leaves_quotation_open(paragraph: str) -> bool:
    """Say whether the last double quotation mark of a paragraph is one that opens."""
    opened, closed = paragraph.rfind("“"), paragraph.rfind("”")
    if opened >= 0 or closed >= 0:
        return opened > closed
    return paragraph.count('"') % 2 == 1
