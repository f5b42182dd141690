"""One release at two addresses is one answer with both, the original publisher's first.

Seen when an answer is made, between passages found: nothing has to be known when a document is stored. The passages
have nearly the same words, all names and figures among them, and so have the documents; a sentence that many documents
end with makes none a copy. On one site (a statement made in two Houses, a page published twice) forms are filled in
with other names and figures, and so more is asked: one day, and nothing that only one of them is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from headwater.domain.documents import Document, Passage
from headwater.domain.verdicts import ScoredPassage
from headwater.retrieval.wording import Pairs, word_pairs
from headwater.retrieval.words import code_of, codes_of, is_figure, name_codes, split_words

SAME_COSINE, SAME_COVERAGE = 0.05, 0.15  # copies lie as near to a query as each other: a look that takes no time
SAME_PASSAGE = 0.8  # of pairs of words: a site sets its own dashes and quotation marks, and drops a link
SAME_DOCUMENT = 0.7  # of the shorter document's pairs of words: a site adds a head and a foot of its own
SAME_ON_ONE_SITE = 0.9  # the same on one site, where notices of one form share up to 0.93
REPEATED = 2  # passages with a name or figure, from which on a document is about it
REMEMBERED = 2_048  # addresses and passages: about 10 MB
LEAST_PAIRS = 6  # shorter passages ("Notes to editors") are the same in unlike documents
NEVER = "9999"  # a document without a date goes behind those with one

PassagesOf = Callable[[str], Sequence[Passage]]


def gather_copies(hits: Sequence[ScoredPassage], passages_of: PassagesOf) -> tuple[ScoredPassage, ...]:
    """Put the copies of a passage on other sites behind the original, as addresses of one answer.

    Args:
        hits: Best first.
        passages_of: Gives all passages of a document.
    """
    groups: list[list[ScoredPassage]] = []
    for hit in hits:
        for group in groups:
            if _is_copy(hit, group[0], passages_of):
                group.append(hit)
                break
        else:
            groups.append([hit])
    return tuple(_answer(group, passages_of) for group in groups)


def _answer(group: Sequence[ScoredPassage], passages_of: PassagesOf) -> ScoredPassage:
    if len(group) == 1:
        return group[0]
    first, *others = sorted(group, key=lambda hit: _order(hit, passages_of))
    places = {hit.passage.document.id: hit.passage.document for hit in others}
    places.pop(first.passage.document.id, None)
    return replace(first, similarity=group[0].similarity, also_at=tuple(places.values()))


def _order(hit: ScoredPassage, passages_of: PassagesOf) -> tuple[str, bool, str, int]:
    """The original appeared on an earlier day; on one day it is the one whose publisher the text names."""
    document = hit.passage.document
    when = document.first_published.isoformat() if document.first_published else NEVER
    named = any(document.publisher in passage.text for passage in passages_of(document.id))
    return when[: len("2024-11-07")], not named, when, hit.passage.id


def _is_copy(one: ScoredPassage, other: ScoredPassage, passages_of: PassagesOf) -> bool:
    mine, theirs = one.passage.document, other.passage.document
    if mine.id == theirs.id or not _equally_near(one, other):
        return False
    on_one_site = _site(mine) == _site(theirs)
    if (on_one_site and not _on_one_day(mine, theirs)) or not _say_the_same(one.passage.text, other.passage.text):
        return False
    whole, whole_other = passages_of(mine.id), passages_of(theirs.id)
    pairs, others = _pairs_of(whole), _pairs_of(whole_other)
    least = SAME_ON_ONE_SITE if on_one_site else SAME_DOCUMENT
    if len(pairs & others) < least * min(len(pairs), len(others)):
        return False
    return not on_one_site or (_about(whole) <= _all_words(whole_other) and _about(whole_other) <= _all_words(whole))


def _say_the_same(text: str, other: str) -> bool:
    pairs, others = word_pairs(text), word_pairs(other)
    if min(len(pairs), len(others)) < LEAST_PAIRS or len(pairs & others) < SAME_PASSAGE * len(pairs | others):
        return False
    return _telling(text) <= _words(other) and _telling(other) <= _words(text)


def _on_one_day(mine: Document, theirs: Document) -> bool:
    days = {document.first_published.date() if document.first_published else None for document in (mine, theirs)}
    return len(days) == 1 and None not in days


def _about(passages: Sequence[Passage]) -> set[int]:
    """Return what a document is about: names and figures that it repeats, and words of its title that it takes up."""
    held = Counter(code for passage in passages for code in _telling(passage.text))
    titles = {passage.document.title for passage in passages}
    taken_up = _all_words(passages) & {code for title in titles for code in _words(title)}
    return taken_up | {code for code, count in held.items() if count >= REPEATED}


def _all_words(passages: Sequence[Passage]) -> set[int]:
    return {code for passage in passages for code in _words(passage.text)}


@lru_cache(maxsize=REMEMBERED)
def _telling(text: str) -> frozenset[int]:
    """Return the codes of a text's names and figures."""
    return name_codes(text) | {code_of(word) for word in split_words(text) if is_figure(word)}


@lru_cache(maxsize=REMEMBERED)
def _words(text: str) -> frozenset[int]:
    return frozenset(codes_of(text).tolist())


def _equally_near(one: ScoredPassage, other: ScoredPassage) -> bool:
    apart = abs((one.cosine or 0.0) - (other.cosine or 0.0))
    return apart <= SAME_COSINE and abs(one.coverage - other.coverage) <= SAME_COVERAGE


def _site(document: Document) -> str:
    return _host(document.url) or document.publisher


@lru_cache(maxsize=REMEMBERED)
def _host(url: str) -> str | None:
    return urlsplit(url).hostname


def _pairs_of(passages: Sequence[Passage]) -> Pairs:
    return frozenset().union(*(word_pairs(passage.text) for passage in passages))
