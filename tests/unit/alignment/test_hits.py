"""Which of several rival documents answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headwater.alignment.hits import UNRIVALLED, Order, least

WORSE: Order = ((1, 0), 0, False)
OLD: Order = ((0, 0), 0, True)


@pytest.mark.parametrize(
    ("orders", "expected", "judged"),
    [
        ([UNRIVALLED, WORSE, UNRIVALLED], 0, 1),
        ([WORSE, UNRIVALLED, OLD], 1, 2),
        ([WORSE, OLD, WORSE], 1, 3),
        ([WORSE, WORSE], 0, 2),
        ([OLD], 0, 1),
    ],
)
def test_the_least_discordant_answers_and_nothing_is_judged_behind_one_without_rival(
    orders: list[Order], expected: int, judged: int
) -> None:
    asked: list[int] = []

    def judge() -> Iterator[int]:
        for number in range(len(orders)):
            asked.append(number)
            yield number

    assert least(judge(), lambda number: orders[number]) == expected
    assert len(asked) == judged
