"""Score the figure reader on two public test banks: `python tests/benchmark/devsets.py [BANK] [-v]`.

A bank of one kind of figure (money, per cent, ages, ...) is silent about the others, so only figures of its kind count
as invented. With -v every phrase that is not read as the bank has it is listed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from headwater.domain.quantities import Dimension, Quantity
from headwater.extraction.quantities import extract_quantities

_BANKS = Path(__file__).parents[2] / "fixtures" / "devsets"
_MODELS = ("Number", "Currency", "Percent", "Dimension", "Temperature", "Age", "NumberRange")
_DURATIONS = frozenset({Dimension.DURATION, Dimension.COUNT, Dimension.CURRENCY, Dimension.PERCENT, Dimension.AGE})
_KINDS: dict[str, frozenset[Dimension]] = {
    "Currency": frozenset({Dimension.CURRENCY}),
    "Percent": frozenset({Dimension.PERCENT, Dimension.PERCENTAGE_POINTS}),
    "Temperature": frozenset({Dimension.TEMPERATURE}),
    "Age": frozenset({Dimension.AGE}),
    "Dimension": frozenset(Dimension) - _DURATIONS - {Dimension.PROPORTION, Dimension.MULTIPLE, Dimension.SCORE},
}
_ENOUGH = Decimal("0.002")  # relative: the banks round thirds and compound units

NOT_FOLLOWED = (
    "bare years, 'one' as a pronoun and the numbers of dates, times, titles and identifiers are values in the banks",
    "the number of '5 km' is a second value in the Number bank; here number and unit are one figure",
    "units and currencies without a number ('dollar', '%', 'degrees celsius') are results in the banks",
    "'between 5 and 10' is two numbers in the Number bank, a range in the NumberRange bank, and averaged by quantulum3",
    "an open bound ('more than 5') is a range in the NumberRange bank; here it is a figure with a qualifier",
    "compound currencies ('5 dollars and 20 cents') are one amount in the Currency bank",
    "text with blanks inside numbers ('7 3 / 4 %', '1 , 000') is read in the banks; news as published has none",
    "vague words without a figure ('few', 'a couple', 'some') are values in quantulum3",
)


@dataclass(frozen=True)
class Case:
    """One phrase of a bank with its expected values, and a unit word where the bank names one."""

    text: str
    expected: tuple[tuple[str, Decimal, str], ...]


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value).rstrip("%"))
    except InvalidOperation:
        return None


def _bound(value: str) -> Decimal | None:
    """Return the one bound of "(30,)" or the lower of "[20,100]"."""
    numbers = [_number(part) for part in value.strip("[]()").split(",") if part]
    return numbers[0] if numbers else None


def load_recognizers(model: str) -> Iterator[Case]:
    """Yield the cases of one specification; results without a value are left out."""
    path = _BANKS / "recognizers_text_en" / f"{model}Model.json"
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        expected = []
        for result in case["Results"]:
            resolution = result.get("Resolution") or {}
            value = str(resolution.get("value"))
            number = _bound(value) if model == "NumberRange" else _number(value)
            if number is not None:
                expected.append((result["Text"], number, str(resolution.get("unit", ""))))
        yield Case(case["Input"], tuple(expected))


def load_quantulum() -> Iterator[Case]:
    """Yield the cases of quantulum3."""
    for case in json.loads((_BANKS / "quantulum3" / "quantities.json").read_text(encoding="utf-8")):
        yield Case(case["req"], tuple((r["surface"], Decimal(str(r["value"])), r.get("unit", "")) for r in case["res"]))


def matches(quantity: Quantity, surface: str, value: Decimal) -> bool:
    """Say whether a figure is the expected one: same value, and words that overlap."""
    ends = [quantity.value, *([quantity.upper, (quantity.value + quantity.upper) / 2] if quantity.upper else [])]
    if quantity.unit.dimension is Dimension.CURRENCY and quantity.surface.rstrip(" .").endswith(
        ("p", "c", "¢", "cents", "cent", "pence")
    ):
        ends.append(quantity.value * 100)
    close = any(abs(end - value) <= max(abs(value), Decimal("0.01")) * _ENOUGH for end in ends)
    ours, theirs = set(quantity.surface.lower().split()), set(surface.lower().split())
    return close and (
        not ours.isdisjoint(theirs)
        or surface.lower() in quantity.surface.lower()
        or quantity.surface.lower() in surface.lower()
    )


def score(cases: Iterator[Case], kinds: frozenset[Dimension], *, verbose: bool) -> tuple[int, int, int]:
    """Return how many figures were found, missed and invented."""
    found = missed = invented = 0
    for case in cases:
        left = list(extract_quantities(case.text))
        lost = []
        for surface, value, _ in case.expected:
            hit = next((quantity for quantity in left if matches(quantity, surface, value)), None)
            if hit is None:
                lost.append((surface, str(value)))
            else:
                left.remove(hit)
                found += 1
        left = [quantity for quantity in left if quantity.unit.dimension in kinds]
        missed, invented = missed + len(lost), invented + len(left)
        if verbose and (lost or left):
            sys.stdout.write(
                f"{case.text}\n    missed {lost}\n    beside {[(q.surface, str(q.value), q.unit.code) for q in left]}\n"
            )
    return found, missed, invented


def main() -> None:
    """Print the score of each bank and the conventions that are not followed."""
    chosen = [word for word in sys.argv[1:] if not word.startswith("-")]
    verbose = "-v" in sys.argv
    banks = {model: load_recognizers(model) for model in _MODELS} | {"quantulum3": load_quantulum()}
    for name, cases in banks.items():
        if chosen and name not in chosen:
            continue
        found, missed, invented = score(cases, _KINDS.get(name, frozenset(Dimension)), verbose=verbose)
        precision = found / max(1, found + invented)
        recall = found / max(1, found + missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        sys.stdout.write(
            f"{name:12} found {found:4} missed {missed:4} beside {invented:4}   "
            f"precision {precision:.1%}  recall {recall:.1%}  F1 {f1:.1%}\n"
        )
    sys.stdout.write("\nNot followed:\n" + "".join(f"- {line}\n" for line in NOT_FOLLOWED))


if __name__ == "__main__":
    main()
