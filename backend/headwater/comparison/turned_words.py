"""One word turned round in a sentence that keeps nearly all official words: "reduce its holdings" for "increase".

Laid side by side, the two sentences have the claim's word and its opposite between the same neighbours, or one of them
denies a word that both have. What else the sentences tell need not be asked then.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from headwater.comparison.opposites import is_form, opposites
from headwater.comparison.polarity_reading import Pointing, axes, is_restricted
from headwater.comparison.same_clause import tell_other_periods
from headwater.comparison.statements import EVIDENCE, Statement, read_statements
from headwater.comparison.telling import HEAVY, clause_around, parts
from headwater.comparison.word_alignment import Facing, Gap, face
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import BE, HAVE
from headwater.extraction.verbs import verb_base

READ = 3  # passages: a sentence of a farther one is hardly the one that was reworded
HELD = 0.55  # share of the claim's content that is the official sentence's, between equal neighbours
DENIED_HELD = 0.8  # and where only "not" stands between: nearly all
PHRASE_HELD = 0.7  # and where a phrase turns the sentence round
OURS, THEIRS = 3, 4  # words between two neighbours; among more of them two opposites are of two things
DENIES = 5  # words behind a denial among which the one denied stands
TWICE = 2  # denials of one thing
BEHIND = 2  # content words behind what readers are told not to do, in both
NEAR = 6  # official words on the left among which one of the claim's stands on its left, too
SAME_LETTERS = 4  # letters of a word that a syllable before it turns round: "in" and "to" are no pair
WORDS_REMEMBERED = 50_000  # pairs: about what an article meets
SURELY_HELD = 0.7  # from which another official sentence with the claim's own word is of something else
TURNED, PERHAPS_TURNED = "turned", "perhaps turned"
_SYLLABLES = ("un", "non")  # others make other words as well: "cover", "discover"


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(_table()[name]).split())


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("turned_words.toml").read_text("utf-8"))


def turn_words(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield the word by which a lightly reworded sentence says the opposite of the official one, with the passage.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("It is unfair to blame the service chiefs, who have no money.")
        >>> found = turn_words(text("It is fair to blame the service chiefs, he said."), [official])
        >>> [theirs.span.slice(official.text) for _, theirs, _ in found]
        ['unfair']
    """
    if claim.facts.quotations:
        return
    for passage in passages[:READ]:
        for faced in face(claim.text, passage.text):
            if not _is_one_statement(claim, faced, passage):
                continue
            for ours, theirs in (
                *_between_neighbours(faced, passage),
                *_denied(faced),
                *_forbidden(faced),
                *_by_phrases(faced),
                *_the_other_way_round(faced, claim, passage),
            ):
                narrowed = theirs.negated != ours.negated and is_restricted(passage.text, theirs, faced.ours)
                if not narrowed and not _is_said_elsewhere(faced, ours, passages):
                    yield ours, theirs, passage
                    return


def _is_one_statement(claim: Annotated, faced: Facing, passage: Annotated) -> bool:
    """Say whether the two sentences tell of one thing: the same periods, and no figure of the claim's own."""
    if faced.coverage < HELD or tell_other_periods((claim, faced.ours), (passage, faced.theirs)):
        return False
    words = faced.ours.words
    return not any(words[at].figure for at in range(len(words)) if at not in faced.matched)


def _is_said_elsewhere(faced: Facing, ours: Pointing, passages: Sequence[Annotated]) -> bool:
    """Say whether another official sentence on the same things has the claim's own word."""
    word, own = ours.place.word, faced.ours
    if any(phrase.startswith(word.text) for pair in _table()["phrases"] for phrase in pair):
        return False  # "only" stands in any sentence
    total = sum(own.told.values())
    return any(
        sum(heavy for key, heavy in own.told.items() if key in statement.told) >= HELD * total
        and any(word.event == other.event for other in statement.words)
        for passage in passages[:EVIDENCE]
        for statement in read_statements(passage.text)
        if statement is not faced.theirs
    )


def _tells_more(faced: Facing, left_out: Sequence[int] = ()) -> bool:
    """Say whether the claim has another word that tells something, and the official sentence has not."""
    known = {*faced.matched, *faced.reported, *left_out}
    return any(word.weight >= HEAVY and bool(word.key) for at, word in enumerate(faced.ours.words) if at not in known)


def _between_neighbours(faced: Facing, passage: Annotated) -> Iterator[tuple[Pointing, Pointing]]:
    told = {key for word in faced.ours.words for key in (word.text, word.key)} - {""}
    official = {key for word in faced.theirs.words for key in (word.text, word.key)} - {""}
    found = [
        (gap, at, other)
        for gap in faced.gaps()
        for at, other in _pairs_in(faced, gap, passage.text)
        if official.isdisjoint({faced.ours.words[at].text, faced.ours.words[at].key})
        and told.isdisjoint({faced.theirs.words[other].text, faced.theirs.words[other].key})
    ]
    if len(found) != 1:
        return  # "exports to Japan rose", "imports from Japan fell"
    gap, at, other = found[0]
    if not _tells_more(faced, gap.ours) and _are_denied_alike(faced, passage, (at, other)):
        axis = TURNED if faced.coverage >= SURELY_HELD else PERHAPS_TURNED
        yield _pointing(faced.ours, at, 1, axis), _pointing(faced.theirs, other, -1, axis)


def _pairs_in(faced: Facing, gap: Gap, text: str) -> Iterator[tuple[int, int]]:
    """Yield the opposites that stand between the same neighbours, by their indices."""
    there = _official_words(faced, gap, text)
    if len(there) > THEIRS and len(gap.ours) == 1 and gap.left and gap.right:
        there = (there[0], there[-1])  # of two verbs with one object, the last: "confuses users and damages trust"
    if len(gap.ours) > OURS or len(there) > THEIRS:
        return
    for at, other in product(gap.ours, there):
        one, two = faced.ours.words[at].text, faced.theirs.words[other].text
        small = len(gap.ours) == len(there) == 1 and f"{one}/{two}" in _turned_prepositions()
        if small or (one not in _listed("of_how_many") and are_opposite(one, two)):
            yield at, other


def _official_words(faced: Facing, gap: Gap, text: str) -> tuple[int, ...]:
    """Return the official words that stand where the claim's do: at either end, those next to the last equal word."""
    words, taken = faced.theirs.words, set(faced.matched.values())
    if gap.left is None and gap.right is not None:
        end = gap.right[1]
        return tuple(at for at in range(max(0, end - THEIRS), end) if at not in taken)
    if gap.right is None and gap.left is not None:
        first = end = gap.left[1] + 1
        while end < len(words) and not parts(text, words[end - 1], words[end]):
            end += 1
        return tuple(range(first, end))
    return gap.theirs


def _are_denied_alike(faced: Facing, passage: Annotated, pair: tuple[int, int]) -> bool:
    """Say whether the claim denies as often as the official clause does: "not wise" and "unwise" are one."""
    first, end = clause_around(passage.text, faced.theirs.words, pair[1])
    known, taken = {*faced.matched, pair[0]}, {*faced.matched.values(), pair[1]}
    ours = sum(_denies(word.text) for at, word in enumerate(faced.ours.words) if at not in known)
    theirs = sum(_denies(faced.theirs.words[at].text) for at in range(first, end) if at not in taken)
    return ours % 2 == theirs % 2


def _denies(word: str) -> bool:
    return word in _listed("denying") or word.endswith(("n't", "n’t"))


@cache
def _turned_prepositions() -> frozenset[str]:
    pairs = [pair.split("/") for pair in _listed("prepositions")]
    return frozenset(f"{one}/{other}" for pair in pairs for one, other in (pair, pair[::-1]))


@lru_cache(maxsize=WORDS_REMEMBERED)
def are_opposite(one: str, other: str) -> bool:
    """Say whether two words are of opposite meaning.

    Args:
        one: In lower case.
        other: In lower case.

    >>> are_opposite("larger", "small"), are_opposite("rose", "fell"), are_opposite("fair", "unfair")
    (False, True, True)
    """
    if any(other == f"{head}{one}" or one == f"{head}{other}" for head in _SYLLABLES):
        return min(len(one), len(other)) >= SAME_LETTERS
    if any(is_form(other, against) for against in _against(one)) or any(is_form(one, it) for it in _against(other)):
        return True
    mine, others = _sides(one), _sides(other)
    if any((name, -side) in others and (name, side) not in others for name, side in mine):
        return True
    return _worth(mine) * _worth(others) < 0


def _worth(sides: frozenset[tuple[str, int]]) -> int:
    """Return 1 for what does good, -1 for what does harm, 0 where the tables tell neither, or both."""
    told = {side for name, side in sides if name in _table()["good_or_bad"]}
    return told.pop() if len(told) == 1 else 0


@lru_cache(maxsize=WORDS_REMEMBERED)
def _against(word: str) -> frozenset[str]:
    """Return the opposites, in their base forms, of the words that a word is a form of."""
    known = _pairs().get(verb_base(word), ())
    return frozenset(against for base, against in known if is_form(word, base))


@cache
def _pairs() -> Mapping[str, Sequence[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in Path(__file__).with_name("antonym_pairs.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            one, other = line.split("\t")
            found.setdefault(verb_base(one), []).append((one, other))
            found.setdefault(verb_base(other), []).append((other, one))
    return found


@lru_cache(maxsize=WORDS_REMEMBERED)
def _sides(word: str) -> frozenset[tuple[str, int]]:
    """Return the pairs of the tables of opposites that a word stands in, each with its side."""
    base = verb_base(word)
    found = {
        (pair.name, side) for words, pair, side in opposites().get(base, ()) if len(words) == 1 and not pair.person
    }
    return frozenset(found | ({axes()[base]} if base in axes() else set()))


def _denied(faced: Facing) -> Iterator[tuple[Pointing, Pointing]]:
    """Yield a word of both that one side denies, where neither denies anything else."""
    if faced.coverage < DENIED_HELD or _tells_more(faced) or _tells_until_when(faced):
        return
    back = {there: here for here, there in faced.chain}
    ahead = dict(faced.chain)
    sides = (faced.ours, ahead), (faced.theirs, back)
    for (denying, known), (plain, _) in (sides, sides[::-1]):
        if any(_denies(word.text) for word in plain.words) or not _denies_once(denying):
            continue
        for at, word in enumerate(denying.words):
            plainly = word.text in _listed("not") or word.text.endswith(("n't", "n’t"))
            governed = _governed(denying, at) if plainly and at not in known else None
            if governed is None or not (
                _is_beside(known, governed) and _goes_on_alike(denying, plain, known, governed)
            ):
                continue
            first = replace(
                _pointing(denying, governed, 1, PERHAPS_TURNED),
                negated=True,
                span=Span(word.span.start, denying.words[governed].span.end),
            )
            second = _pointing(plain, known[governed], 1, PERHAPS_TURNED)
            yield (first, second) if denying is faced.ours else (second, first)
            return


def _denies_once(statement: Statement) -> bool:
    """Say whether a sentence denies one thing: "is not intended to, and does not, create" denies it twice over."""
    places = [at for at, word in enumerate(statement.words) if _denies(word.text)]
    twice = len(places) == TWICE and places[1] - places[0] <= NEAR
    return len(places) == 1 or (twice and all(statement.words[at].text == "not" for at in places))


def _by_phrases(faced: Facing) -> Iterator[tuple[Pointing, Pointing]]:
    """Yield two words, one here and the other there, that turn a sentence round: "no longer" and "still"."""
    if faced.coverage < PHRASE_HELD:
        return
    sides = ((faced.ours, faced.matched.keys()), (faced.theirs, set(faced.matched.values())))
    for pair in _table()["phrases"]:
        for one, other in (pair, pair[::-1]):
            ours, theirs = (_find(words, side, known) for words, (side, known) in zip((one, other), sides, strict=True))
            if ours is None or theirs is None or theirs < faced.chain[0][1] - THEIRS:
                continue
            if not _tells_more(faced, range(ours, ours + len(one.split()))):
                yield (
                    _pointing(faced.ours, ours, 1, TURNED),
                    _pointing(faced.theirs, theirs, -1, TURNED),
                )
                return


def _the_other_way_round(faced: Facing, claim: Annotated, passage: Annotated) -> Iterator[tuple[Pointing, Pointing]]:
    """Yield two things compared the other way round: "more like a firm than a ministry"."""
    ours, theirs = _compared(claim.text, faced.ours), _compared(passage.text, faced.theirs)
    if ours is None or theirs is None or faced.coverage < PHRASE_HELD or ours[0] != theirs[0]:
        return
    (_, at, first, second), (_, there, other_first, other_second) = ours, theirs
    alike = (first & other_first) | (second & other_second)
    if (first & other_second) - alike and (second & other_first) - alike:
        yield _pointing(faced.ours, at, 1, TURNED), _pointing(faced.theirs, there, -1, TURNED)


def _compared(text: str, statement: Statement) -> tuple[str, int, frozenset[str], frozenset[str]] | None:
    """Return "more" or "less" before "than", where "than" stands, and what tells the two things compared."""
    words = statement.words
    than = next((at for at, word in enumerate(words) if word.text == "than"), None)
    more = next((at for at in range(than or 0) if words[at].text in {"more", "less", "rather"}), None)
    if than is None or more is None or than + 1 >= len(words):
        return None
    first, end = clause_around(text, words, than)
    begin = max(first, more) + 1
    before = frozenset(word.key for word in words[begin:than] if word.weight >= HEAVY)
    after = frozenset(word.key for word in words[than + 1 : end] if word.weight >= HEAVY)
    return words[more].text, than, before - after, after - before


def _find(phrase: str, statement: Statement, known: Set[int]) -> int | None:
    """Return where a sentence has a phrase that the other has not."""
    sought = phrase.split()
    texts = [word.text for word in statement.words]
    return next(
        (
            at
            for at in range(len(texts) - len(sought) + 1)
            if texts[at : at + len(sought)] == sought and at not in known and not (at and _denies(texts[at - 1]))
        ),
        None,
    )


def _forbidden(faced: Facing) -> Iterator[tuple[Pointing, Pointing]]:
    """Yield what the claim has somebody free to do and the source tells its readers not to: "do not plant"."""
    ours, theirs = faced.ours.words, faced.theirs.words
    at = next((at for at, word in enumerate(theirs) if word.text not in _listed("told_to")), len(theirs))
    if not 0 < at < len(theirs) or theirs[at - 1].text not in _listed("not"):
        return
    here = next((one for one, there in faced.matched.items() if there == at), 0)
    behind = [one for one in faced.matched if one > here and (ours[one].key or ours[one].figure)]
    free = not _listed("free").isdisjoint(word.text for word in ours[max(0, here - DENIES) : here])
    if not free or len(behind) < BEHIND or any(_denies(word.text) for word in ours) or _tells_until_when(faced):
        return
    if not _tells_more(faced, range(here)):
        official = replace(
            _pointing(faced.theirs, at, 1, TURNED), negated=True, span=Span(theirs[0].span.start, theirs[at].span.end)
        )
        yield _pointing(faced.ours, here, 1, TURNED), official


def _tells_until_when(faced: Facing) -> bool:
    return any(word.text in _listed("until") for side in (faced.ours, faced.theirs) for word in side.words)


def _governed(statement: Statement, at: int) -> int | None:
    """Return the content word right behind a denial, auxiliaries and articles passed over."""
    for place in range(at + 1, min(at + DENIES, len(statement.words))):
        word = statement.words[place]
        if word.text in _listed("not_denied"):
            return None
        if word.text not in BE | HAVE | _listed("passed_over") and not word.text.endswith("ly"):
            return place
    return None


def _is_beside(known: Mapping[int, int], at: int) -> bool:
    """Say whether a word of both stands a little to the left of a word, on both sides."""
    return at in known and any(one < at and known[one] < known[at] <= known[one] + NEAR for one in known)


def _goes_on_alike(denying: Statement, plain: Statement, known: Mapping[int, int], at: int) -> bool:
    """Say whether what stands behind a denied word stands behind it on the other side too, or nothing does."""
    behind = next((one for one in range(at + 1, len(denying.words)) if denying.words[one].key), None)
    there = next((one for one in range(known[at] + 1, len(plain.words)) if plain.words[one].key), None)
    return behind is None or there is None or known.get(behind) == there


def _pointing(statement: Statement, at: int, side: int, axis: str) -> Pointing:
    return Pointing(statement.place(at), axis, axis, side, False, statement.words[at].span)
