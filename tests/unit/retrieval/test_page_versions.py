from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from headwater.domain.documents import Document, Passage, PassageKind
from headwater.retrieval.lists import whole_lists
from headwater.retrieval.retriever import HybridRetriever, Query

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
DAYS = [("23 May 2022", 252, 7), ("24 May 2022", 94, 2), ("25 May 2022", 248, 7), ("26 May 2022", 94, 3)]


@pytest.fixture
def page(passage: Callable[..., Passage], document: Callable[..., Document]) -> list[Passage]:
    """Versions of one page that differ in a day and two figures, each in a passage of its own."""
    found = []
    for version, (day, people, boats) in enumerate(DAYS, 1):
        held = document("boats", "Small boats", version=version)
        start = version * 10
        found += [
            passage(start, f"The data below is for the 24 hours of {day}.", held),
            passage(start + 1, f"Number of migrants detected: {people}", held, kind=PassageKind.LIST_ITEM),
            passage(start + 2, f"Number of boats detected: {boats}", held, kind=PassageKind.LIST_ITEM),
            passage(start + 3, "Data are provisional.", held),
        ]
    return found


@pytest.mark.parametrize(("version", "day"), list(enumerate(DAYS, 1)))
def test_the_version_of_the_day_comes_first(
    store_of: Any, page: list[Passage], model_id: str, encode: Encode, version: int, day: tuple[str, int, int]
) -> None:
    text = f"On {day[0]} {day[1]} migrants were counted in {day[2]} boats."
    retriever = HybridRetriever(store_of(page), model_id)
    (hits,) = retriever.retrieve([Query(text, encode([text])[0])], limit=1).hits
    assert hits[0].passage.document.version == version


def test_an_item_is_read_with_its_list_and_the_line_above_it(page: list[Passage]) -> None:
    held = {one.id: one for one in page}
    lists = whole_lists([held[12], held[13]], lambda ids: {one: held[one] for one in ids if one in held})
    assert lists == {12: "\n".join(held[one].text for one in (10, 11, 12))}
