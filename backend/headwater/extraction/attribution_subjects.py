"""Who is the subject of a verb of speech: the noun group before it, and the subject that a sentence begins with."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import zip_longest

from headwater.domain.spans import Span
from headwater.extraction.attribution_words import (
    ADDRESSES,
    ARTICLES,
    BETWEEN,
    BODIES,
    BREAKS,
    DETERMINERS,
    FINITE,
    GLUE,
    OPENERS,
    PEOPLE,
    PRONOUNS,
    ROLES,
    TITLES,
    Token,
)

_LONGEST_ADDRESS = 3  # words: "Mr. Deputy Speaker"
_LONGEST_ADVERBIAL = 8  # words: "two hundred and fifty years ago"
LONGEST_GROUP = 22  # words: an office with its department and a name
_LONGEST_OFFICE = 5  # words: "the deputy public affairs manager"
_NAME_WORDS = 2  # of a person: first name and surname
_END = Token("", 0, 0)
_ORDINALS = frozenset(("first", "second", "third", "last"))
_PARTING = frozenset(",;:–—")
_SHORTEST_PARTICIPLE = 6  # letters: "Asking"; shorter words in -ing are nouns and names


def find_subject_before(tokens: Sequence[Token]) -> Span | None:
    """Find the subject in the words before a verb.

    Args:
        tokens: From the beginning of the sentence, or the end of the quotation before, to the verb.
    """
    kept = list(tokens)
    if len(kept) > 1 and kept[0].text == "As" and not any(token.lower in FINITE for token in kept[1:-1]):
        kept.pop(0)  # "As the minister has said"
    while kept and (kept[-1].text in ("(", "- ") or _is_between(kept[-1])):
        kept.pop()
    relative = len(kept) > 1 and kept[-1].lower in ("who", "which")
    if relative:
        kept.pop()  # "the minister who has said": the noun before
    closed = bool(kept) and kept[-1].text in _PARTING
    segments = _without_adverbials(_segments(kept))
    if not segments:
        return None
    if kept[-1].lower in ("and", "or", "but"):
        return _shared_subject(kept)
    if len(segments) > 1:
        head, last = segments[0], segments[-1]
        if closed:  # "according to the minister, who said": the noun before "who", whatever leads up to it
            return _trimmed(last) if relative and _is_adverbial(last) else _before_closed(segments)
        continued = is_noun_group(head) and _is_name(head) and _continues_name(last)
        if continued or _is_list(segments):
            return Span(head[0].start, last[-1].end)
    return _trimmed(segments[-1])


def _shared_subject(tokens: Sequence[Token]) -> Span | None:
    """Find the subject of "he will meet partners and urge": that of the first verb, or of the last clause's pronoun."""
    last = _segments(tokens)[-1:]
    if last and len(last[0]) < len(tokens) and last[0][0].lower in PRONOUNS:
        return _pronoun_span(last[0][0])  # "when I gave it to him, he looked at it and said"
    first = next((at for at, token in enumerate(tokens) if token.lower in FINITE and not token.is_capital), None)
    return None if not first else find_subject_before(tokens[:first])


def _is_between(token: Token) -> bool:
    return not token.is_capital and (token.lower in BETWEEN or token.lower.endswith("ly"))


def _segments(tokens: Sequence[Token]) -> list[list[Token]]:
    """Split at commas and dashes, brackets kept whole."""
    segments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth = max(0, depth - 1)
        if depth == 0 and token.text in _PARTING:
            segments.append([])
        else:
            segments[-1].append(token)
    return [segment for segment in segments if segment]


def _without_adverbials(segments: list[list[Token]]) -> list[list[Token]]:
    kept = list(segments)
    while len(kept) > 1 and (_is_adverbial(kept[0]) or _is_address(kept[0])):
        kept.pop(0)
    while kept and len(kept[0]) > 1 and kept[0][0].lower in ("but", "and", "so", "yet", "then", "also", "however"):
        kept[0] = kept[0][1:]
    return kept


def _is_address(segment: Sequence[Token]) -> bool:
    """Say whether a segment addresses the House: "Mr. Speaker", "My Lords"."""
    return 0 < len(segment) <= _LONGEST_ADDRESS and " ".join(token.lower for token in segment) in ADDRESSES


def _is_adverbial(segment: Sequence[Token]) -> bool:
    first = segment[0].lower
    participle = len(first) >= _SHORTEST_PARTICIPLE and first.endswith(("ing", "ed")) and not segment[0].text.isupper()
    late = segment[-1].lower in ("later", "earlier", "ago", "afterwards") and len(segment) < _LONGEST_ADVERBIAL
    if all(token.text.isdigit() for token in segment):
        return True  # the year of a date
    return first in OPENERS or participle or late or first.endswith("ly") or (len(segment) == 1 and first in _ORDINALS)


def is_noun_group(tokens: Sequence[Token]) -> bool:
    """Say whether words can be the name or office of a speaker: no finite verb, a beginning that fits.

    Args:
        tokens: Of one segment between commas.
    """
    if not tokens or len(tokens) > LONGEST_GROUP or not begins_group(tokens[0]):
        return False
    if tokens[0].lower in PRONOUNS:
        return len(tokens) == 1
    return not any(_breaks(tokens, at) or _is_pronoun(tokens[at]) for at in range(1, len(tokens)))


def _is_pronoun(token: Token) -> bool:
    return not token.is_capital and token.lower in PRONOUNS


def begins_group(token: Token) -> bool:
    """Say whether a noun group can begin with a word.

    Args:
        token: The word.
    """
    return (token.is_capital and token.lower not in OPENERS) or token.lower in DETERMINERS | PRONOUNS | ROLES


def _is_name(tokens: Sequence[Token]) -> bool:
    return all(token.is_capital or token.lower in GLUE or not token.is_word for token in tokens) and len(tokens) > 1


def _continues_name(tokens: Sequence[Token]) -> bool:
    """Say whether a segment goes on about the name before it: "co-rapporteur for the RESTORE regulation"."""
    if tokens[0].lower in PRONOUNS or tokens[0].lower in ("and", "but", "or"):
        return False
    return any(token.lower in ROLES for token in tokens[:6]) and tokens[0].lower not in DETERMINERS


def _is_list(segments: Sequence[Sequence[Token]]) -> bool:
    last = segments[-1]
    joined = any(token.lower == "and" for token in last)
    return joined and all(map(_is_name_or_single, segments))


def _is_name_or_single(tokens: Sequence[Token]) -> bool:
    return all(token.is_capital or token.lower in GLUE for token in tokens)


def _before_closed(segments: Sequence[Sequence[Token]]) -> Span | None:
    """Find the subject before a comma and a verb: a head with what is said of it between commas, clauses skipped."""
    start: int | None = None
    end: int | None = None
    for whole in reversed(segments):
        segment = _without_relative(whole)
        if not segment or _is_adverbial(segment) or segment[0].lower in BREAKS or not segment[0].is_word:
            start, end = None, None
        elif is_noun_group(segment):
            start, end = segment[0].start, end or segment[-1].end
        else:
            group = _trimmed(segment)
            if group is not None:
                return Span(group.start, max(group.end, end or 0))
            if start is not None:
                break
    return None if start is None or end is None else Span(start, end)


def _without_relative(segment: Sequence[Token]) -> Sequence[Token]:
    """Cut "a specialist who writes for a website" before "who"."""
    cut = next((at for at, token in enumerate(segment) if token.text in ("who", "which", "whose")), None)
    if cut is None or not is_noun_group(segment[:cut]):
        return segment
    return segment[:cut]


def _trimmed(segment: Sequence[Token]) -> Span | None:
    """Return the last noun group of a segment."""
    tokens = _after_last(segment)
    if not tokens and len(segment) > 1:
        tokens = _after_last(segment[:-1])
    if tokens and tokens[0].lower in OPENERS and not _is_title_ahead(tokens):
        tokens = _without_phrase(tokens)
    while tokens and tokens[0].lower in ("and", "but", "or", "then", "also") and not tokens[0].is_capital:
        tokens = tokens[1:]
    if not tokens or not is_noun_group(tokens):
        tokens = _last_group(tokens)
    if tokens and tokens[0].lower in PRONOUNS:
        return _pronoun_span(tokens[0])
    return None if is_bare(tokens) else Span(_office_start(segment, tokens[0]), tokens[-1].end)


def is_bare(tokens: Sequence[Token]) -> bool:
    """Say whether a group names nobody: no word, or articles alone.

    Args:
        tokens: Of the group.
    """
    return not any(token.is_word and token.lower not in ARTICLES for token in tokens)


def _office_start(segment: Sequence[Token], first: Token) -> int:
    """Return where a group begins with the office before it: "the press manager" of "at the British Library"."""
    at = segment.index(first)
    if at < 2 or segment[at - 1].lower not in ("of", "at", "for") or segment[at - 2].lower not in ROLES:
        return first.start
    for start in range(at - 2, max(-1, at - 2 - _LONGEST_OFFICE), -1):
        if segment[start].lower in DETERMINERS:
            return segment[start].start
        if segment[start].is_capital or not segment[start].is_word or segment[start].lower in BREAKS | FINITE:
            break
    return first.start


def _pronoun_span(token: Token) -> Span:
    """Return the pronoun alone: "we" of "we’ve"."""
    return Span(token.start, token.start + len(token.lower))


def _is_title_ahead(tokens: Sequence[Token]) -> bool:
    return tokens[0].is_capital and len(tokens) > 1 and tokens[0].lower in TITLES | ROLES


def _after_last(segment: Sequence[Token]) -> list[Token]:
    """Cut a segment behind its last conjunction or finite verb."""
    cut, depth = 0, 0
    for at, token in enumerate(segment):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0 and (token.text in ".!?" or _breaks(segment, at)):
            cut = at + 1
    return list(segment[cut:])


def _breaks(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word breaks off a noun group: a conjunction or a finite verb."""
    token = tokens[at]
    if token.is_capital or token.is_possessive or token.lower not in BREAKS | FINITE:
        return False
    return not (token.lower == "that" and at > 0 and tokens[at - 1].lower in OPENERS | GLUE)  # "to that report"


def _without_phrase(tokens: Sequence[Token]) -> list[Token]:
    """Drop "In a statement", "On Tuesday": keep from the last article, title or run of capitals."""
    for at in range(len(tokens) - 1, 0, -1):
        before, token = tokens[at - 1], tokens[at]
        if token.lower in DETERMINERS and before.lower not in OPENERS | GLUE:
            return list(tokens[at:])
        if token.lower in PRONOUNS:
            return list(tokens[at:])
        if token.is_capital and not before.is_capital and before.lower not in OPENERS | GLUE | DETERMINERS:
            return list(tokens[at:])
        if token.is_capital and before.is_capital and before.lower in OPENERS:
            return list(tokens[at:])
        if token.is_capital and before.is_capital and token.lower in TITLES:
            return list(tokens[at:])
    return [token for token in tokens[1:] if token.lower not in OPENERS]


def _last_group(tokens: Sequence[Token]) -> list[Token]:
    """Return the shortest ending that begins with an article, a pronoun, a name or an office."""
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        before = tokens[at - 1] if at > 0 else None
        begins = token.lower in DETERMINERS | PRONOUNS or (
            token.is_capital and (before is None or not (before.is_capital or before.lower in GLUE | DETERMINERS))
        )
        if begins and is_noun_group(tokens[at:]):
            return list(tokens[at:])
    return [token for token in tokens[-1:] if token.lower in ROLES]


def find_initial_subject(tokens: Sequence[Token], names: Container[str] = ()) -> Span | None:
    """Find the person or body that a sentence begins with, adverbial phrases skipped.

    Args:
        tokens: Of the sentence.
        names: Words known as names, by which a single capitalised word is known as one.

    Returns:
        Its span, with a name in apposition; a pronoun stands for itself.
    """
    segments = _without_adverbials(_segments(tokens))
    first = segments[0] if segments else []
    group: list[Token] = []
    for at, token in enumerate(first):
        if not group and token.lower in PRONOUNS:
            return _pronoun_span(token)
        if not _goes_on(group, token, first[at + 1 : at + 4]):
            break
        group.append(token)
    while group and group[-1].lower in GLUE | DETERMINERS:
        group.pop()
    if any(
        token.is_possessive and not after.is_capital for token, after in zip_longest(group, group[1:], fillvalue=_END)
    ):
        return None
    if not (is_person_like(group) or (len(group) == 1 and group[0].text in names)):
        return None
    if len(group) == len(first) and len(segments) > 2 and _is_name_or_single(segments[1]):
        group = segments[1]  # "Member for Flynn, Chris Trevor, said"
    return Span(first[0].start, group[-1].end)


def _goes_on(group: Sequence[Token], token: Token, rest: Sequence[Token]) -> bool:
    """Say whether a word belongs to the noun group that a sentence begins with."""
    if token.is_capital or token.lower in ROLES or (not group and token.lower in DETERMINERS):
        return True
    if not group or not rest:
        return False
    if token.lower in GLUE:
        return rest[0].is_capital or rest[0].lower in DETERMINERS
    office = any(other.lower in ROLES and not other.is_possessive for other in rest)
    named = rest[0].is_capital  # "the great Patrick Henry"
    return group[0].lower in DETERMINERS and (office or named) and token.lower not in FINITE


def is_person(tokens: Sequence[Token]) -> bool:
    """Say whether a noun group names one person: a title, a person's office, or a name of two words.

    Args:
        tokens: Of the group.
    """
    if any(token.lower in PEOPLE | TITLES for token in tokens):
        return True
    if any(token.lower in BODIES for token in tokens):
        return False
    if len(tokens) > _NAME_WORDS and all(token.is_capital for token in tokens[-_NAME_WORDS:]):
        return tokens[-1 - _NAME_WORDS].lower not in ("of", "the")  # "candidate for Bennelong John Alexander"
    return len(tokens) > 1 and all(token.is_capital for token in tokens)


def is_person_like(tokens: Sequence[Token]) -> bool:
    """Say whether a noun group names somebody who can speak: an office, a title, or a name of two words.

    Args:
        tokens: Of the group.
    """
    if any(token.lower in ROLES | TITLES for token in tokens):
        return True
    return sum(1 for token in tokens if token.is_capital and token.lower not in DETERMINERS) > 1
