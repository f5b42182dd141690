"""Items of lists with the list they stand in: "Number of boats: 7" says nothing without the line of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from headwater.domain.documents import Passage, PassageKind

REACH = 4  # passages looked at on each side of an item: longer lists name their day in every item


def whole_lists(passages: Iterable[Passage], read: Callable[[Sequence[int]], Mapping[int, Passage]]) -> dict[int, str]:
    """Return for each item of a list among passages the list, led in by the passage before it.

    Args:
        passages: Of any kind.
        read: Gives passages by identifier; those of a version follow each other.
    """
    items = [one for one in passages if one.kind is PassageKind.LIST_ITEM]
    wanted = {near for one in items for near in range(one.id - REACH, one.id + REACH + 1)}
    near = read(sorted(wanted)) if items else {}
    return {one.id: "\n".join(_list_of(one, near)) for one in items}


def _list_of(item: Passage, near: Mapping[int, Passage]) -> list[str]:
    lines = [item.text]
    for number in range(item.id - 1, item.id - REACH - 1, -1):
        other = near.get(number)
        if other is None or not _same_version(other, item):
            break
        lines.insert(0, other.text)
        if other.kind is not PassageKind.LIST_ITEM:
            break
    for number in range(item.id + 1, item.id + REACH + 1):
        other = near.get(number)
        if other is None or not _same_version(other, item) or other.kind is not PassageKind.LIST_ITEM:
            break
        lines.append(other.text)
    return lines


def _same_version(one: Passage, other: Passage) -> bool:
    return (one.document.id, one.document.version) == (other.document.id, other.document.version)
