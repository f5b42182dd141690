"""Score the figure reader on sentences labelled blind.

Run `python tests/benchmark/figures_blind.py [BANK] [-v] [-o RESULTS]`. A figure that was read answers for the labelled
figure that it overlaps most, one to one. Each measure asks more of such a pair than the one before; the head noun is
asked for where the label gives one. With -v every figure that falls short is listed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from headwater.domain.quantities import Dimension, Quantity, Unit
from headwater.extraction.quantities import extract_quantities
from headwater.extraction.units import UNITS

_FIXTURES = Path(__file__).parents[2] / "fixtures" / "figures"
_ENOUGH = Decimal("0.000001")  # relative: a third has no end in decimals
_BARE = frozenset({Dimension.COUNT, Dimension.SCORE})  # the labels give neither a unit
MEASURES = ("span", "value", "value and unit", "value, unit and qualifier")


@dataclass(frozen=True)
class Label:
    """A figure as a person labelled it; `value` is None for a vague amount."""

    surface: str
    start: int
    value: Decimal | None
    upper: Decimal | None
    unit: str
    qualifier: str
    counted: str

    @property
    def end(self) -> int:
        """Return where the surface ends."""
        return self.start + len(self.surface)


@dataclass(frozen=True)
class Case:
    """A sentence, its figures, and stretches where readers of good faith would differ."""

    text: str
    labels: tuple[Label, ...]
    optional: tuple[tuple[int, int], ...]
    kind: str


@dataclass
class Tally:
    """Right pairs by measure, and how many figures were labelled and read."""

    right: Counter[str] = field(default_factory=Counter)
    labelled: int = 0
    read: int = 0
    heads: int = 0  # labels with a head noun whose span was found
    heads_right: int = 0

    def report(self) -> dict[str, dict[str, float]]:
        """Return precision, recall and F1 of each measure, in per cent, and the share of head nouns right."""
        shares: dict[str, dict[str, float]] = {}
        for measure in MEASURES:
            precision = self.right[measure] / max(1, self.read)
            recall = self.right[measure] / max(1, self.labelled)
            both = 2 * precision * recall / max(1e-9, precision + recall)
            shares[measure] = {
                name: round(100 * share, 1)
                for name, share in (("precision", precision), ("recall", recall), ("f1", both))
            }
        shares["head noun"] = {"right": round(100 * self.heads_right / max(1, self.heads), 1), "asked": self.heads}
        return shares


def load_cases(bank: Path) -> Iterator[Case]:
    """Yield the cases of a bank.

    Args:
        bank: A file with one JSON object a line.
    """
    for line in bank.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        labels = tuple(
            Label(
                surface=figure["surface"],
                start=figure["start"],
                value=None if figure["value"] is None else Decimal(figure["value"]),
                upper=None if figure["upper"] is None else Decimal(figure["upper"]),
                unit=figure["unit"],
                qualifier=figure["qualifier"],
                counted=figure["counted"],
            )
            for figure in entry["figures"]
        )
        yield Case(entry["text"], labels, tuple((a, b) for a, b in entry.get("optional", ())), entry["kind"])


def _unit_name(unit: Unit) -> str:
    return "" if unit.dimension in _BARE else unit.code or unit.dimension.value


def _label_code(name: str) -> str:
    code = name.replace(" ", "_").replace("-", "_")
    return {"part_per_million": "parts_per_million"}.get(code, code)


def _near(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _ENOUGH * max(abs(one), abs(other))


def _in_base(value: Decimal | None, unit: Unit | None) -> Decimal | None:
    return None if value is None or unit is None else value * unit.factor


def _same_measure(label: Label, quantity: Quantity) -> bool:
    """Say whether two measures are one amount in two units ("1lb 4oz", "20 ounces")."""
    unit = UNITS.get(_label_code(label.unit))
    if unit is None or label.value is None or unit.dimension is not quantity.unit.dimension:
        return False
    lower = _near(_in_base(label.value, unit), _in_base(quantity.value, quantity.unit))
    return lower and _near(_in_base(label.upper, unit), _in_base(quantity.upper, quantity.unit))


def _verdicts(label: Label, quantity: Quantity) -> dict[str, bool]:
    converted = _same_measure(label, quantity)
    if label.value is None:
        value = quantity.vague
    else:
        value = converted or (_near(label.value, quantity.value) and _near(label.upper, quantity.upper))
    code = "year" if quantity.unit.dimension is Dimension.AGE else _unit_name(quantity.unit)
    unit = value and (converted or code == _label_code(label.unit))
    firm = unit and (label.value is None or quantity.qualifier.value == label.qualifier)
    return dict(zip(MEASURES, (True, value, unit, firm), strict=True))


def _overlap(start: int, end: int, quantity: Quantity) -> int:
    return min(end, quantity.span.end) - max(start, quantity.span.start)


def pairs(case: Case) -> tuple[list[tuple[Label, Quantity | None]], list[Quantity]]:
    """Return each label with the figure that was read for it, and the figures that were read for none.

    Args:
        case: What to read.
    """
    unused = list(extract_quantities(case.text))
    matched: list[tuple[Label, Quantity | None]] = []
    for label in case.labels:
        best = max(unused, key=lambda quantity: _overlap(label.start, label.end, quantity), default=None)
        if best is None or _overlap(label.start, label.end, best) <= 0:
            matched.append((label, None))
            continue
        unused.remove(best)
        matched.append((label, best))
    extra = [quantity for quantity in unused if not any(_overlap(a, b, quantity) > 0 for a, b in case.optional)]
    return matched, extra


def _shown(quantity: Quantity | None) -> str:
    if quantity is None:
        return "nothing"
    upper = "" if quantity.upper is None else f"..{quantity.upper.normalize():f}"
    value = f"{quantity.value.normalize():f}{upper}"
    head = quantity.counted_head or "-"
    unit = quantity.unit.code or quantity.unit.dimension.value
    return f"{quantity.surface!r} {value} {unit} {quantity.qualifier} of {head}"


def _wanted(label: Label) -> str:
    upper = "" if label.upper is None else f"..{label.upper}"
    value = "vague" if label.value is None else f"{label.value}{upper}"
    return f"{label.surface!r} {value} {label.unit or 'count'} {label.qualifier} of {label.counted or '-'}"


def score(case: Case, tally: Tally) -> list[str]:
    """Add a case to a tally and return what falls short, a line each.

    Args:
        case: What to read.
        tally: Where it is counted.
    """
    matched, extra = pairs(case)
    short = [f"invented: {_shown(quantity)}" for quantity in extra]
    tally.labelled += len(matched)
    tally.read += len(extra) + sum(quantity is not None for _, quantity in matched)
    for label, quantity in matched:
        if quantity is None:
            short.append(f"missed: {_wanted(label)}")
            continue
        verdicts = _verdicts(label, quantity)
        tally.right.update(measure for measure in MEASURES if verdicts[measure])
        head = not label.counted or quantity.counted_head == label.counted.lower()
        tally.heads += bool(label.counted)
        tally.heads_right += bool(label.counted) and head
        failed = [measure for measure in MEASURES if not verdicts[measure]] + ["head noun"] * (not head)
        if failed:
            short.append(f"{failed[0]}: {_wanted(label)} read as {_shown(quantity)}")
    return short


def main() -> None:
    """Print the figures and, where asked, keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", nargs="?", type=Path, default=_FIXTURES / "news_blind.jsonl")
    parser.add_argument("-v", action="store_true", help="list what falls short")
    parser.add_argument("-o", type=Path, help="keep the figures in this file")
    chosen = parser.parse_args()
    cases = list(load_cases(chosen.bank))
    results: dict[str, object] = {"bank": chosen.bank.name, "sentences": len(cases)}
    for kind in ("all", *sorted({case.kind for case in cases})):
        tally = Tally()
        for case in cases:
            if kind not in ("all", case.kind):
                continue
            short = score(case, tally)
            if short and chosen.v and kind == "all":
                sys.stdout.write(case.text + "\n" + "".join(f"    {line}\n" for line in short))
        results[kind] = {"labelled": tally.labelled, "read": tally.read, **tally.report()}
    shown = json.dumps(results, indent=2) + "\n"
    sys.stdout.write(shown)
    if chosen.o:
        chosen.o.parent.mkdir(parents=True, exist_ok=True)
        chosen.o.write_text(shown, encoding="utf-8")


if __name__ == "__main__":
    main()
