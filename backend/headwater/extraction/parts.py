"""Find which figure is part of which: "9,400 people, including 2,590", "14 of the 20 members", "of whom 12"."""

from __future__ import annotations

from headwater.domain.quantities import Dimension, Role
from headwater.extraction.drafts import Draft
from headwater.extraction.tokens import Tokens

_OF_WHAT = frozenset({"whom", "which", "these", "them", "those"})
_OWNER = 5  # tokens of "of the company's"
_REACH = 40  # tokens between a whole and the part that names it: one sentence
_SHARES = frozenset({Dimension.PERCENT, Dimension.PROPORTION})
_WHOLES = frozenset({Dimension.COUNT, Dimension.CURRENCY, Dimension.MASS, Dimension.AREA, Dimension.ENERGY})


def link_parts(tokens: Tokens, drafts: list[Draft]) -> None:
    """Set `whole` of each figure that the text calls part of another of the same sentence.

    Args:
        tokens: The tokens.
        drafts: The figures, in order, with what they count.
    """
    for index, draft in enumerate(drafts):
        behind = drafts[index + 1] if index + 1 < len(drafts) else None
        if behind is not None and _is_of(tokens, draft, behind):
            draft.whole = tokens.span(behind.first, behind.last)
            _set_part(draft)
            if draft.group is None and draft.unit.dimension is Dimension.COUNT:
                draft.group = behind.group
        elif _is_part(tokens, draft) or _out_of_before(tokens, drafts, index) or _continues(tokens, drafts, index):
            whole = _find_whole(tokens, drafts, index)
            if whole is not None:
                draft.whole = tokens.span(whole.first, whole.last)
                _set_part(draft)


def _set_part(draft: Draft) -> None:
    if draft.role is Role.LEVEL and draft.unit.dimension not in _SHARES:
        draft.role = Role.PART


def _is_of(tokens: Tokens, draft: Draft, behind: Draft) -> bool:
    """Say whether "of", or "of the", alone stands between two figures."""
    gap = tokens.lower[draft.last : behind.first]
    if gap[:1] == ["out"]:
        gap = gap[1:]
    if behind.unit.dimension not in _WHOLES or not gap or gap[0] != "of" or len(gap) > _OWNER:
        return False
    if gap[-1].endswith(("'s", "s'")):
        gap = gap[:1]  # "60 of the group's 400 pubs"
    if draft.unit.dimension is not behind.unit.dimension and draft.unit.dimension not in _SHARES:
        return False
    return all(
        word in {"the", "its", "their", "our", "all", "these", "those", "about", "some", "nearly"} for word in gap[1:]
    )


def _start(draft: Draft) -> int:
    return min(draft.first, draft.hedge[0]) if draft.hedge is not None else draft.first


def _is_part(tokens: Tokens, draft: Draft) -> bool:
    """Say whether the words before or behind a figure call it a part."""
    at = _start(draft) - 1
    word, before = tokens.lower[at], tokens.lower[at - 1]
    if word in {"including", "include", "includes", "included"} or (word in _OF_WHAT and before in {"of", "among"}):
        return True
    if word == "," and before in _OF_WHAT and tokens.lower[at - 2] in {"of", "among"}:
        return True
    behind = draft.end
    return tokens.lower[behind] == "of" and tokens.lower[behind + 1] in {"whom", "which", "them"}


def _out_of_before(tokens: Tokens, drafts: list[Draft], index: int) -> bool:
    """Say whether the figure before opens the clause with "Of the 120 passengers,"."""
    if index == 0:
        return False
    whole = drafts[index - 1]
    at = _start(whole) - 1
    if tokens.lower[at] in {"the", "these", "those", "its", "all"}:
        at -= 1
    opens = tokens.lower[at] == "of" and (
        at == 0 or tokens.words[at][0].isupper() or tokens.words[at - 1] in {",", ";"}
    )
    comma = any(tokens.words[here] == "," for here in range(whole.last, drafts[index].first))
    return opens and comma and drafts[index].first - whole.last <= _NEAR


_NEAR = 12  # tokens from "Of the 120 passengers" to the part in the same clause


def _continues(tokens: Tokens, drafts: list[Draft], index: int) -> bool:
    """Say whether a figure is listed beside a part: "including 2,590 returns and 300 volunteers"."""
    if index == 0 or drafts[index - 1].whole is None or drafts[index - 1].role is not Role.PART:
        return False
    before, draft = drafts[index - 1], drafts[index]
    if _is_of(tokens, before, draft) or draft.unit.dimension is not before.unit.dimension:
        return False
    gap = tokens.lower[before.end : _start(draft)]
    return 0 < len(gap) <= 2 and all(word in {"and", ",", "plus"} for word in gap)


def _find_whole(tokens: Tokens, drafts: list[Draft], index: int) -> Draft | None:
    """Return the nearest earlier figure of the sentence that can hold the part, or None."""
    part = drafts[index]
    for whole in reversed(drafts[max(0, index - 4) : index]):
        if part.first - whole.last > _REACH or any(tokens.ends_sentence(at) for at in range(whole.last, part.first)):
            return None
        if whole.role is Role.PART or whole.unit.dimension is not part.unit.dimension:
            continue
        if whole.unit.code == part.unit.code and whole.value >= part.value:
            return whole
    return None
