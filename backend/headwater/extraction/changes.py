"""Find which way a figure moved and what part it plays: "rose by 3%", "to £4bn", "a 5% fall", "unchanged at 4%"."""

from __future__ import annotations

from headwater.domain.quantities import Dimension, Direction, Role
from headwater.extraction import qualifiers
from headwater.extraction.counted import CHANGE_NOUNS, STOPS, find_noun_group
from headwater.extraction.drafts import Draft
from headwater.extraction.numeral_types import NUMBER_WORDS
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import NUMBER, WORD, Tokens

_TABLE = load_table("changes")
_VERBS = {word: Direction(name) for name in ("up", "down", "unchanged") for word in _TABLE["verbs"][name].split()}
_EITHER = frozenset(_TABLE["verbs"]["either"].split())
_NOUNS = {word: Direction(name) for name in ("up", "down") for word in _TABLE["nouns"][name].split()}
_BEHIND = {word: Direction(name) for name in ("up", "down") for word in _TABLE["after"][name].split()}
_SKIPPED = load_words("changes", "skipped")
_PHRASAL = load_words("changes", "phrasal")
_MOTION = load_words("changes", "motion")
_FUNDS = load_words("changes", "funds")
_MEASURES_OF = load_words("changes", "measures_of")
_NOT_OF = load_words("changes", "not_of")
_STEADY = load_words("changes", "steady")
_BEHIND_REACH = 6  # tokens: "14% year-on-year decrease"
_BEYOND_AND = 4  # tokens looked at beyond an "and": past it another clause may have begun
_CLAUSE_ENDS = frozenset({";", ":", "|", "but", "while", "whereas", "although", "which", "who", "because", "when"})
_AT_A_PACE = load_words("changes", "at_a_pace")
_BEYOND = frozenset(
    {"above", "below", "beneath", "past", "beyond"}
)  # behind a verb of change: where to, not by how much
_BY_REACH = 10  # tokens to the verb: the longest clause parts met in the corpus, as are the next four
_TO_REACH = 16
_FROM_REACH = 20  # "fell 20% to 728,000 in the year to June 2024, from a record 906,000"
_FROM_NEAR = 5  # where no other figure stands between
_OF_REACH = 8


def assign_change(tokens: Tokens, draft: Draft) -> None:
    """Set direction and role of a figure from its clause.

    Args:
        tokens: The tokens.
        draft: A figure with its unit, hedge and noun group.
    """
    if draft.unit.dimension in {Dimension.MULTIPLE, Dimension.SCORE}:
        return
    at = (draft.hedge[0] if draft.hedge is not None and draft.hedge[0] < draft.first else draft.first) - 1
    for _ in range(3):
        if tokens.lower[at] in _SKIPPED and at > 0:
            at -= 1
    if tokens.lower[at] == "of" and tokens.lower[at - 1] in _MEASURES_OF:
        at -= 3 if tokens.lower[at - 2] in _SKIPPED else 2
    if not (_from_preposition(tokens, draft, at) or _from_verb(tokens, draft, at)):
        _from_behind(tokens, draft)


def changes_from_to(tokens: Tokens, first: int) -> bool:
    """Say whether the pair of figures beginning at a token is a change ("rose from 3 to 4"), not a range.

    Args:
        tokens: The tokens.
        first: The first figure's first token.
    """
    at = first - 1
    if tokens.lower[at] in {"about", "around", "just", "nearly", "almost"}:
        at -= 1
    if tokens.lower[at] != "from":
        return False
    found, _ = _search(tokens, at - 1, _FROM_REACH)
    return found


def follows_change(tokens: Tokens, first: int) -> bool:
    """Say whether a verb of change stands directly before a token: "rose 3p to 245p" is no range.

    Args:
        tokens: The tokens.
        first: The figure's first token.
    """
    hedge = qualifiers.find_before(tokens, first, Dimension.COUNT)
    at = first - 1 if hedge is None else hedge.first - 1
    if tokens.lower[at] in _SKIPPED:
        at -= 1
    return _VERBS.get(tokens.lower[at]) in {Direction.UP, Direction.DOWN} and not _phrasal(tokens, at)


def _search(tokens: Tokens, at: int, reach: int) -> tuple[bool, Direction | None]:
    """Look to the left, inside the clause, for a word of change: whether there is one, and its direction."""
    stop = max(-1, at - reach)
    while at > stop:
        word = tokens.lower[at]
        if word == "and":
            stop = max(stop, at - _BEYOND_AND)
        if word in _EITHER:
            return True, None
        direction = _VERBS.get(word) or _NOUNS.get(word)
        if direction is not None and not _phrasal(tokens, at):
            return True, direction
        if word in _CLAUSE_ENDS or tokens.ends_sentence(at):
            return False, None
        at -= 1
    return False, None


def _phrasal(tokens: Tokens, at: int) -> bool:
    """Say whether "up" or "down" belongs to a verb that is none of change: "made up", "set down"."""
    word = tokens.lower[at]
    if word not in {"up", "down"}:
        return False
    if tokens.lower[at - 1] in _MOTION:
        return False  # "has shot up to 16%"
    return tokens.lower[at - 1] in _PHRASAL or (tokens.lower[at + 1] == "to" and word == "up")


def _from_preposition(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Read "by", "to", "from", "of" or "at" before the figure."""
    word = tokens.lower[at]
    if word == "by":
        return _settle(draft, Role.CHANGE_BY, *_search(tokens, at - 1, _BY_REACH))
    if word == "to":
        return _settle(draft, Role.CHANGE_TO, *_search(tokens, at - 1, _TO_REACH))
    if word == "from":
        near = tokens.lower[draft.end] != "to" and not any(
            kind == NUMBER for kind in tokens.kinds[max(0, at - _FROM_REACH) : at]
        )
        return _settle(draft, Role.CHANGE_FROM, *_search(tokens, at - 1, _FROM_NEAR if near else _FROM_REACH))
    if word == "of" and tokens.lower[at - 1] not in _NOT_OF:
        return _settle(draft, Role.CHANGE_BY, *_search_noun(tokens, at - 1))
    return word == "at" and _from_at(draft, tokens.lower[at - 1])


def _from_at(draft: Draft, before: str) -> bool:
    """Read "grew at 5%" and "unchanged at 5%", by the word before "at"."""
    if before in _AT_A_PACE and draft.unit.dimension is Dimension.PERCENT:
        return _settle(draft, Role.CHANGE_BY, True, _VERBS[before])
    if before in _STEADY or _VERBS.get(before) is Direction.UNCHANGED:
        draft.direction = Direction.UNCHANGED
        return True
    return False


def _search_noun(tokens: Tokens, at: int) -> tuple[bool, Direction | None]:
    """Look left of "of" for the noun of change: "an increase (in exports) of"."""
    if tokens.lower[at] in _NOUNS:
        return True, _NOUNS[tokens.lower[at]]
    stop = max(0, at - _OF_REACH)
    while at > stop and tokens.kinds[at] == WORD:
        if tokens.lower[at] in _NOUNS and tokens.lower[at + 1] in {"in", "to", "for", "on"}:
            return True, _NOUNS[tokens.lower[at]]
        at -= 1
    return False, None


def _settle(draft: Draft, role: Role, found: bool, direction: Direction | None) -> bool:
    """Write role and direction down where a word of change was found."""
    if not found or direction is Direction.UNCHANGED:
        return False
    draft.direction = direction
    if draft.role is Role.LEVEL:
        draft.role = role
    return True


def _from_verb(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Read a verb of change set directly before the figure: "rose 3%", "up 5%", "cut 500 jobs"."""
    word = tokens.lower[at]
    direction = _VERBS.get(word)
    if direction is None or direction is Direction.UNCHANGED or at < 0 or _phrasal(tokens, at):
        return False
    if draft.hedge is not None and tokens.lower[draft.hedge[0]] in _BEYOND and draft.hedge[1] - draft.hedge[0] == 1:
        return _settle(draft, Role.CHANGE_TO, True, direction)  # "fell below 50%"
    if draft.unit.dimension in {Dimension.DURATION, Dimension.AGE, Dimension.PROPORTION} and word not in {"up", "down"}:
        return draft.unit.dimension is Dimension.PROPORTION and _settle(draft, Role.CHANGE_BY, True, direction)
    if draft.unit.dimension is Dimension.DURATION or (draft.unit.dimension is Dimension.CURRENCY and word in _FUNDS):
        return False
    return _settle(draft, Role.CHANGE_BY, True, direction)


def _from_behind(tokens: Tokens, draft: Draft) -> None:
    """Read a word of change behind the figure: "5% higher", "a 3% pay rise", "a £5m annual cut in aid"."""
    if draft.unit.dimension in {Dimension.DURATION, Dimension.AGE}:
        return
    at = draft.last + 1 if tokens.hyphen(draft.last) else draft.last
    for offset in range(_BEHIND_REACH):
        if tokens.hyphen(at + offset):
            continue
        word = tokens.lower[at + offset]
        direction = _BEHIND.get(word)
        if direction is not None:
            if word not in _NOUNS and offset > 0:
                return
            if tokens.lower[at + offset - 1] != "or" and _counts_as_change(tokens, draft, at + offset):
                _settle(draft, Role.CHANGE_BY, True, direction)
                if word in CHANGE_NOUNS:
                    _count_what_changed(tokens, draft, at + offset)
            return
        compound = tokens.hyphen(at + offset + 1) or tokens.hyphen(at + offset - 1)
        if tokens.kinds[at + offset] != WORD or (not compound and word in STOPS):
            return


def _counts_as_change(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Say whether a word behind the figure speaks of its change: "200 more people" is none, "5% more" is one."""
    word, after = tokens.lower[at], tokens.lower[at + 1]
    if word in {"more", "less", "fewer", "larger", "bigger", "greater", "smaller"}:
        return draft.unit.dimension in {Dimension.PERCENT, Dimension.PROPORTION} or after in {"than", "compared", "on"}
    if word in {"above", "below"}:
        return draft.unit.dimension in {Dimension.PERCENT, Dimension.PERCENTAGE_POINTS, Dimension.PROPORTION}
    if word in {"up", "down"}:
        return after in {"on", "from", ".", ",", "since", "compared", "year", "in"}
    return draft.unit.dimension is not Dimension.COUNT or draft.scaled or word in CHANGE_NOUNS or after == "than"


def _count_what_changed(tokens: Tokens, draft: Draft, at: int) -> None:
    """Take what changed from "a 5% rise in exports" as what the figure is of."""
    if draft.unit.dimension is Dimension.COUNT:
        return
    draft.group = None
    if tokens.lower[at + 1] in {"in", "of"} and tokens.lower[at + 2] not in NUMBER_WORDS:
        group = find_noun_group(tokens, at + 2) or find_noun_group(tokens, at + 2, singular=True)
        if group is not None:
            draft.counted = tokens.text[tokens.starts[group.first] : tokens.ends[group.last - 1]]
            draft.counted_head = group.head_noun(tokens)
