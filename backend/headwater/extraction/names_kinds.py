"""What the words of a run name: one name, or several set side by side ("UK Border Force", "Labour MP Jane Smith")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.domain.facts import NameKind
from headwater.extraction.names_folding import fold_marks, fold_name
from headwater.extraction.names_tables import (
    Known,
    bodies,
    common_words,
    find_known,
    given_names,
    name_words,
    phrase_lengths,
    places,
)
from headwater.extraction.names_tokens import NameToken

_LONGEST_PERSON = 5  # words: "Ursula Gertrud von der Leyen"
_COUNTRY_LETTERS = frozenset(("UK", "US", "EU", "USA", "U.S.", "U.K.", "UN"))


@dataclass(frozen=True, slots=True)
class NamePart:
    """A name inside a run: its words, its kind, and the form compared; `sure` where the words alone show a name."""

    words: tuple[NameToken, ...]
    kind: NameKind
    canonical: str
    sure: bool = True


def read_run(words: Sequence[NameToken], before: NameToken | None, after: NameToken | None) -> tuple[NamePart, ...]:
    """Return the names in a run of capitals, in order.

    Args:
        words: Of the run.
        before: The word before it in the line, or None.
        after: The word behind it, or None.
    """
    run = _without_openers(list(words))
    while run and not _may_end(run):
        run.pop()
    if not run:
        return ()
    known = find_known([token.text for token in run])
    if known is not None and (len(run) > 1 or known.canonical):
        return (_known_part(run, known),)
    titled = _split_at_title(run)
    if titled is not None:
        left, person = titled
        return (*(read_run(left, before, None) if left else ()), _person(person))
    return _untitled(run, before, after)


_TIERS = frozenset(("state", "federal", "local", "former", "senior", "outgoing"))
_PARTIES = frozenset(
    (
        "Labor",
        "Labour",
        "Liberal",
        "Liberals",
        "Nationals",
        "Tory",
        "Tories",
        "Conservative",
        "Conservatives",
        "Republican",
        "Republicans",
        "Democrat",
        "Democrats",
        "Democratic",
        "Greens",
    )
)


def _may_end(run: Sequence[NameToken]) -> bool:
    """Say whether a name may end with the last word of a run: no small word, no "MP" or "KBE"."""
    last = run[-1]
    if len(run) > 1 and last.lower in name_words().suffixes:
        return False
    return last.is_capital or last.text[0].isdigit() or last.text in name_words().companies


def _without_openers(run: list[NameToken]) -> list[NameToken]:
    while run and (run[0].initial or run[0].lower in ("the", "a")):
        lower = run[0].lower
        if lower == "the" and len(run) > 1 and fold_marks(f"The {run[1].text}") in places():
            break
        if lower not in ("the", "a") and _opens_known(run):
            break
        opens = lower in name_words().openers and not (run[0].is_acronym and len(run[0].text) > 1)
        opens = opens or (
            lower in _TIERS and len(run) > 1 and run[1].text in _PARTIES
        )  # "State Labor MPs", "Former Tory"
        participle = len(run) > 1 and run[0].initial and lower.endswith(("ing", "ly")) and lower in common_words()
        if not (opens or participle):
            break
        run.pop(0)
        while run and run[0].lower in ("of", "for", "on", "and"):  # "Most of Britain's bases"
            run.pop(0)
    return run


def _opens_known(run: Sequence[NameToken]) -> bool:
    """Say whether a run opens with a name of the tables that has several words: "New Zealand", not "New ministers"."""
    lengths = phrase_lengths().get(fold_name(run[0].text), ())
    return any(length <= len(run) and find_known([token.text for token in run[:length]]) for length in lengths)


def _known_part(run: Sequence[NameToken], known: Known) -> NamePart:
    plain = len(run) == 1 and run[0].lower in common_words() and not run[0].is_acronym
    return NamePart(tuple(run), known.kind, known.canonical, sure=not (plain and run[0].initial))


def _split_at_title(run: list[NameToken]) -> tuple[list[NameToken], list[NameToken]] | None:
    """Part "Labour MP Jane Smith" into what stands before the title and the person's words."""
    lists = name_words()
    titles = lists.honorifics | lists.roles | lists.royal
    places = [at for at, token in enumerate(run[:-1]) if token.lower in titles]
    if not places:
        return None
    last = places[-1]
    person = run[last + 1 :]
    surname = (
        run[last].lower in lists.personal
        and len(person) == 1
        and person[0].is_capital
        and person[0].lower not in titles
    )
    if len(person) > _LONGEST_PERSON or not (surname or is_person_words(person, titled=True)):
        return None
    first = last
    while first > 0 and run[first - 1].lower in titles:
        first -= 1
    if run[last].lower in lists.royal:
        person = run[last:]
    elif first == 0 or run[last].lower in lists.roles:
        if (
            run[last].lower in lists.honorifics - lists.roles
            or person[0].text in given_names()
            or len(person) > 1
            or first == 0
        ):
            return run[:first], person
        return None
    return run[:first], person


def is_person_words(words: Sequence[NameToken], *, titled: bool = False) -> bool:
    """Say whether words can be a person's name.

    Args:
        words: Without title.
        titled: Whether a title stands before them, so that a surname alone will do.
    """
    lists = name_words()
    capitals = [token for token in words if token.is_capital]
    if (
        not capitals
        or len(words) > _LONGEST_PERSON
        or any(t.lower not in lists.particles for t in words if not t.is_capital)
    ):
        return False
    last = words[-1]
    heads = lists.organisations | lists.laws | lists.place_tails
    if last.lower in heads and not (titled and len(words) == 1 and last.lower not in common_words()):
        return (
            words[0].text in given_names()
            and len(words) == 2
            and last.lower in ("lane", "park", "hill", "house", "church", "forest")
        )
    if any(token.lower in lists.organisations for token in words[:-1]) and words[0].text not in given_names():
        return False
    first = fold_marks(words[0].text).split("-")[0]
    if words[0].initial and len(words) > 1 and not words[1].is_acronym and first.isupper() and len(first) > 2:
        first = first.capitalize()  # "NICOLA Sturgeon has": papers set the first word of a report in capitals
    if first in given_names() or (
        len(first) <= 2 and first[0].isupper() and len(words) > 1 and not words[0].is_acronym
    ):
        return len(words) > 1 or titled
    if last.is_acronym or words[0].is_acronym:
        return False
    return titled and last.lower not in common_words() and find_known([last.text]) is None


def _person(words: Sequence[NameToken]) -> NamePart:
    return NamePart(tuple(words), NameKind.PERSON, fold_name(" ".join(token.text for token in words)))


def _untitled(run: list[NameToken], before: NameToken | None, after: NameToken | None) -> tuple[NamePart, ...]:
    if len(run) == 1:
        return _single(run[0], before, after)
    if is_person_words(run):
        return (_person(run),)
    if _is_described(run):
        return ()
    split = _leading_known(run, after)
    if split is not None:
        return split
    kind = kind_of_words(run)
    if kind is None:
        kind = _kind_by_neighbours(run, before, after)
    if kind is NameKind.OTHER and all(
        token.lower in common_words() or token.lower in name_words().generic for token in run
    ):
        return _titled_words(run)
    return (NamePart(tuple(run), kind, fold_name(" ".join(token.text for token in run))),)


def _is_described(run: Sequence[NameToken]) -> bool:
    """Say whether words tell which body is meant without its name: "State Government", "Local Authorities"."""
    lists = name_words()
    return run[-1].lower in lists.governing and all(token.lower in lists.relational for token in run[:-1])


def _titled_words(run: list[NameToken]) -> tuple[NamePart, ...]:
    """Common words with capitals ("Armed Forces", "Border Security Command"): a name, if not a sure one."""
    if all(token.lower in name_words().generic | name_words().roles for token in run):
        return ()
    return (
        NamePart(tuple(run), NameKind.OTHER, fold_name(" ".join(token.text for token in run)), sure=not run[0].initial),
    )


def _single(token: NameToken, before: NameToken | None, after: NameToken | None) -> tuple[NamePart, ...]:
    lists, lower = name_words(), token.lower
    if token.is_acronym and token.text.replace(".", "") not in ("OK", "I"):
        if lower.replace(".", "") in lists.generic | lists.suffixes | lists.honorifics:
            return ()
        return (NamePart((token,), NameKind.ORGANISATION, fold_name(token.text)),)
    if len(lower) < 2 or _is_plain(lower):
        return ()
    place = before is not None and before.lower in ("in", "near") and not before.is_capital
    sure = not token.initial or (after is not None and after.lower in lists.speech)
    return (NamePart((token,), NameKind.PLACE if place else NameKind.OTHER, fold_name(token.text), sure=sure),)


def _is_plain(lower: str) -> bool:
    """Say whether a word alone names nothing, whatever its capital."""
    lists = name_words()
    tables = (lists.generic, common_words(), lists.openers, lists.roles, lists.honorifics, lists.organisations)
    return any(lower in table for table in tables)


def _leading_known(run: list[NameToken], after: NameToken | None) -> tuple[NamePart, ...] | None:
    """Part "UK Border Force" and "French Senate" from "British Museum": the country from what is its own."""
    for length in range(min(len(run) - 1, 5), 0, -1):
        known = find_known([token.text for token in run[:length]])
        if known is None or not run[length].is_capital:
            continue
        rest = run[length:]
        letters = run[0].text in _COUNTRY_LETTERS and length == 1
        tail = rest[-1].lower
        generic = len(rest) == 1 and tail in name_words().generic
        own = kind_of_words(rest) is not None and not letters and not generic
        if own or (known.kind is not NameKind.PLACE and tail in name_words().organisations):
            return None
        head = _known_part(run[:length], known)
        return (head, *(() if generic else read_run(rest, run[length - 1], after)))
    return None


def kind_of_words(words: Sequence[NameToken]) -> NameKind | None:
    """Return what the first or last word of a name says it is, or None.

    Args:
        words: Of the name.
    """
    lists = name_words()
    lowers = [token.lower for token in words]
    joint = next((at for at, lower in enumerate(lowers) if lower in ("of", "for", "on") and at), len(lowers))
    if lowers[0] in lists.numbered_laws and words[-1].text[0].isdigit():
        return NameKind.LAW
    last = lowers[-2] if lowers[-1].isdigit() and len(lowers) > 1 else lowers[-1]
    inner = next((lower for lower in lowers[1:-1] if lower in lists.organisations), "")
    for lower in (last, lowers[joint - 1], inner):
        if lower in lists.organisations:
            return NameKind.ORGANISATION
        if lower in lists.laws:
            return NameKind.LAW
    if lowers[-1] in lists.place_tails or lowers[0] in lists.place_heads:
        return NameKind.PLACE
    return None


def _kind_by_neighbours(run: Sequence[NameToken], before: NameToken | None, after: NameToken | None) -> NameKind:
    """Tell people by a verb of speech beside two or three capitals, and places by "in"."""
    plain = all(token.is_capital and not token.is_acronym and token.lower not in common_words() for token in run)
    if plain and len(run) <= 3:
        beside = (
            after is not None and after.lower in name_words().speech,
            before is not None and before.lower in ("said", "says"),
        )
        if any(beside):
            return NameKind.PERSON
    if before is not None and before.lower in ("in", "near") and plain:
        return NameKind.PLACE
    last = find_known([run[-1].text])
    return (
        last.kind
        if last is not None and last.kind is NameKind.PLACE and run[-1].text not in bodies()
        else NameKind.OTHER
    )
