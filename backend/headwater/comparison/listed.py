"""What a reporter counts: "five projects" where the source lists five, "the first nine groups" of "groups 1 to 9".

Such a number is nowhere in the source, and is no invention. It is looked for where the source speaks of the counted
thing, and found it is a remark that shows the list, not an agreement: nothing says that this was the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from headwater.comparison.contexts import Context, sentences
from headwater.comparison.same_words import SameWords
from headwater.comparison.vocabulary import concept, is_person
from headwater.domain.facts import Annotated
from headwater.domain.quantities import Dimension, Qualifier
from headwater.domain.spans import Span

FEWEST, MOST = 2, 20  # nobody counts longer lists by hand
LONGEST_LINE = 14  # words of an item
LONG = 5  # letters of a word that others are made of
LONGEST_ITEM = 8  # words: what stands longer between two commas is a clause
_PARTED = re.compile(r"[,;]")
_LAST = re.compile(r"\s*(?:and|or|as well as|&)\s", re.IGNORECASE)
_JOINED = re.compile(r"\s(?:and|or|as well as|&)\s", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-•*–]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S")
_LEADS = re.compile(r"(?::|\bfollow(?:s|ing)?;?|[–—-])\s*\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
# Behind a count: " governments - Kent, Ohio and Utah", " states (Kent and Ohio)".
_ENUMERATION = re.compile(
    r"(?: \w[\w’'-]*){1,4}?(?:,|:| ?[-–—(]| including)\s?"
    r"(?P<members>(?:the )?[A-Z][\w’'. ]{1,60}+(?:, (?:the )?[A-Z][\w’'. ]{1,60}+){0,18}+)"
)
_MEMBER = re.compile(r", (?:and )?| and ")
FEWEST_NAMED = 5  # people in a row that are a list, and no aside
PARTS = 3  # semicolons of such a list
_NAMED = re.compile(r"(?<![\w’'-])(?!(?:Vice|Deputy|Voting|The) )[A-Z][\w’'-]+(?: [A-Z]\.)*(?: [A-Z][\w’'-]+){1,2}")
_BESIDE = re.compile(r"\b(?:and|with|besides?|joined by) $")


def find_listed(claimed: Context, passages: Sequence[Annotated]) -> SameWords | None:
    """Find a list of the counted thing that has as many members as the claim counts.

    Args:
        claimed: A figure that the source does not state.
        passages: The whole document, in order.
    """
    figure = claimed.figure
    plain = figure.unit.dimension is Dimension.COUNT and figure.qualifier is Qualifier.EXACT and figure.upper is None
    if not plain or figure.value % 1 or not FEWEST <= figure.value <= MOST:
        return None
    number, head = int(figure.value), concept(figure.counted_head)
    if not head:
        return None
    found = _in_sentence(number, head, passages) or _in_bullets(number, head, passages)
    return found or (_in_names(claimed, number, passages) if is_person(figure.counted_head) else None)


def tells_its_list(claimed: Context) -> bool:
    """Say whether a claim itself names as many as it counts: "Four states, Kent, Ohio, Iowa and Utah, signed".

    Args:
        claimed: A figure that the source does not state.
    """
    figure = claimed.figure
    plain = figure.unit.dimension is Dimension.COUNT and figure.upper is None and not figure.value % 1
    if not plain or not FEWEST <= figure.value <= MOST:
        return False
    behind = _ENUMERATION.match(claimed.text, figure.span.end)
    return behind is not None and len(_MEMBER.split(behind["members"])) == int(figure.value)


def _in_names(claimed: Context, number: int, passages: Sequence[Annotated]) -> SameWords | None:
    """Find a list of as many people by name, or of one more where the claim counts those beside somebody."""
    beside = _BESIDE.search(claimed.text[: claimed.figure.span.start]) is not None
    before, opened = 0, ""
    for place, passage in enumerate(passages):
        members = list(_NAMED.finditer(passage.text))
        opening = passage.text.split(" ", 1)[0]
        goes_on = before and opening == opened  # "Voting for it were ...", and then "Voting against it were ..."
        listed = len(members) >= FEWEST_NAMED and passage.text.count(";") >= PARTS
        counts = {len(members)} if listed else set()
        counts |= {len(members) + before} if goes_on else set()
        if counts & {number, number + beside}:
            return SameWords(place, Span(members[0].start(), members[-1].end()))
        before, opened = (len(members), opening) if listed else (0, "")
    return None


def _in_sentence(number: int, head: str, passages: Sequence[Annotated]) -> SameWords | None:
    numbered = re.compile(rf"\b(?:1|one)\s?(?:to|-|–)\s?{number}\b", re.IGNORECASE)
    for place, passage in enumerate(passages):
        for sentence in sentences(passage.text):
            range_of = numbered.search(passage.text, sentence.start, sentence.end)
            if range_of is not None and _speaks_of(head, sentence.slice(passage.text), range_of.group()):
                return SameWords(place, Span(*range_of.span()))
            if _PARTED.search(passage.text, sentence.start, sentence.end) is None:
                continue
            counted = (span for span, members in _enumerations(passage.text, sentence) if members == number)
            found = next(counted, None)
            if found is not None and _speaks_of(head, sentence.slice(passage.text)):
                return SameWords(place, found)
    return None


def _speaks_of(head: str, words: str, numbered: str = "") -> bool:
    """Say whether a stretch has the counted noun; a numbered range has a noun of its own, and that may be another."""
    return bool(numbered) or any(concept(word) == head for word in _WORD.findall(words))


def _enumerations(text: str, sentence: Span) -> Iterator[tuple[Span, int]]:
    """Yield stretches "A, B, C and D" of a sentence with the number of their members."""
    cuts = [sentence.start - 1, *(m.start() for m in _PARTED.finditer(text, *_ends(sentence))), sentence.end]
    pieces = [Span(start + 1, end) for start, end in pairwise(cuts)]
    first = 0
    for at, piece in enumerate(pieces[1:], 1):
        words = piece.slice(text)
        closes = _LAST.match(words) is not None
        joined = _JOINED.search(words[: _reach(words)]) is not None
        if closes or joined:
            yield Span(pieces[first].start, piece.end), at - first + 1 + (not closes)
            first = at + 1
        elif len(_WORD.findall(words)) > LONGEST_ITEM:
            first = at


def _reach(words: str) -> int:
    """Return where the last item may be joined to the one before: what follows later is another clause."""
    found = list(_WORD.finditer(words))
    return found[LONGEST_ITEM].start() if len(found) > LONGEST_ITEM else len(words)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _in_bullets(number: int, head: str, passages: Sequence[Annotated]) -> SameWords | None:
    """Find a run of items, with their bullets or parted into passages without them, under a line that names them."""
    run: list[tuple[int, Span]] = []
    before = ""
    for place, span in [*_lines(passages), (-1, Span(0, 0))]:
        words = span.slice(passages[place].text) if place >= 0 else ""
        if _BULLET.match(words) or (_LEADS.search(before) and _is_item(words)):
            run.append((place, span))
            continue
        if len(run) == number and any(_is_of(word, head) for word in _WORD.findall(before)):
            return SameWords(*run[0])
        run, before = [], words
    return None


def _is_item(words: str) -> bool:
    """Say whether a line is an item whose bullet is gone: short, no sentence and no day."""
    return (
        0 < len(words.split()) <= LONGEST_LINE and not words[0].isdigit() and not words.endswith((".", "?", "!", ":"))
    )


def _is_of(word: str, head: str) -> bool:
    """Say whether a word is the counted one, or made of it: "the full membership is as follows" of "11 members"."""
    return concept(word) == head or (len(head) >= LONG and word.lower().startswith(head))


def _lines(passages: Sequence[Annotated]) -> Iterator[tuple[int, Span]]:
    for place, passage in enumerate(passages):
        at = 0
        for line in passage.text.splitlines(keepends=True):
            if line.strip():
                yield place, Span(at, at + len(line.rstrip()))
            at += len(line)
