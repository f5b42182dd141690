"""The line that leads a list in: "The data below is for 7 September 2022", above "Number of boats: 7"."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from headwater.domain.documents import Document, Passage, PassageKind

REMEMBERED = 64  # documents; an article is compared with a handful
REACH = 12  # items of a list looked back over: in a longer one the line above is far from the reader's mind

PassagesOf = Callable[[str, int], Sequence[Passage]]


class LeadIns:
    """Finds the lines that lead lists in. Safe to share between threads: a lost race reads twice.

    Args:
        passages_of: All passages of a document's version.
    """

    def __init__(self, passages_of: PassagesOf) -> None:
        self._passages_of = passages_of
        self._known: OrderedDict[tuple[str, str], Sequence[Passage]] = OrderedDict()

    def learn(self, passages: Sequence[Passage]) -> None:
        """Take in a document that is stored nowhere.

        Args:
            passages: All of it.
        """
        if passages:
            self._remember(passages[0].document, passages)

    def of(self, passages: Iterable[Passage]) -> tuple[Passage, ...]:
        """Return the lines that lead in the lists in which some passages are items, those passages left out.

        Args:
            passages: Of any kind.
        """
        items = [passage for passage in passages if passage.kind is PassageKind.LIST_ITEM]
        found = {lead.id: lead for item in items if (lead := self._find(item)) is not None}
        return tuple(lead for number, lead in found.items() if all(number != item.id for item in items))

    def above(self, item: Passage) -> Passage | None:
        """Return the paragraph or heading above the list that a passage is an item of.

        Args:
            item: Of any kind; one that is no item has none.
        """
        return self._before(item) if item.kind is PassageKind.LIST_ITEM else None

    def _find(self, item: Passage) -> Passage | None:
        above = self._before(item)
        return above if above is not None and above.kind is PassageKind.PARAGRAPH else None

    def _before(self, item: Passage) -> Passage | None:
        document = item.document
        every = self._known.get(_key(document)) or self._remember(
            document, self._passages_of(document.id, document.version)
        )
        for place in range(item.ordinal - 1, max(-1, item.ordinal - 1 - REACH), -1):
            if place < len(every) and every[place].kind is not PassageKind.LIST_ITEM:
                return every[place]
        return None

    def _remember(self, document: Document, passages: Sequence[Passage]) -> Sequence[Passage]:
        self._known[_key(document)] = passages
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return passages


def _key(document: Document) -> tuple[str, str]:
    return document.id, document.sha256
