"""What the figures of a table's column are: events of a period, shares, or levels; in which unit, on which scale."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from headwater.domain.series import Nature

SCALES = {"thousand": Decimal(1_000), "million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}
CURRENCIES = {"£": "GBP", "$": "USD", "€": "EUR"}


@dataclass(frozen=True, slots=True)
class ColumnNature:
    """What a column's figures are; `unit` as in `domain.series.Series`."""

    nature: Nature
    unit: str
    scale: Decimal

    def of_percent(self) -> ColumnNature:
        """Return the nature of a column whose cells carry a per cent sign."""
        return replace(self, nature=Nature.SHARE, unit="percent", scale=Decimal(1))


@dataclass(frozen=True, slots=True)
class _Words:
    remarks: frozenset[str]
    missing: frozenset[str]
    shares: re.Pattern[str]
    levels: re.Pattern[str]
    flows: re.Pattern[str]
    scales: dict[str, re.Pattern[str]]


@cache
def _words() -> _Words:
    table = tomllib.loads(Path(__file__).with_name("dated_tables.toml").read_text(encoding="utf-8"))
    return _Words(
        frozenset(table["remarks"]),
        frozenset(table["missing"]),
        _any_of(table["shares"]),
        _any_of(table["levels"]),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, table['flows']))})"),
        {name: _any_of(words) for name, words in table["scales"].items()},
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words))


def is_remark(name: str) -> bool:
    """Say whether a column of this name holds remarks and no figures."""
    return name.casefold() in _words().remarks


def is_missing(cell: str) -> bool:
    """Say whether a cell says that there is no figure."""
    return cell.casefold() in _words().missing


def read_nature(measure: str, caption: str, title: str) -> ColumnNature:
    """Tell what the figures of a column are.

    Only a column that is said to count events is one whose figures may be added up; where a word speaks of a level, be
    it in the column's name, over the table or in the document's title, they may not.

    Args:
        measure: The column's name with its categories.
        caption: What stands over the table, or "".
        title: Of the document, or "".

    >>> read_nature("Boats arrived", "", "").nature.value, read_nature("12-month rate", "", "").nature.value
    ('flow', 'share')
    >>> read_nature("Prisoners", "Prison population", "").nature.value
    'level'
    """
    own, around = measure.casefold(), " ".join((measure, caption, title)).casefold()
    words = _words()
    currency = next(
        (code for sign, code in CURRENCIES.items() if sign in own or (sign in caption and not own.endswith("%"))), ""
    )
    scale = next((SCALES[name] for name, pattern in words.scales.items() if pattern.search(own)), None)
    if scale is None:
        named = caption.casefold()
        scale = next((SCALES[name] for name, pattern in words.scales.items() if pattern.search(named)), Decimal(1))
    if words.shares.search(own):
        is_percent = any(sign in own for sign in ("%", "per cent", "percent", "rate"))
        return ColumnNature(Nature.SHARE, "percent" if is_percent else "", Decimal(1))
    if words.levels.search(around):
        return ColumnNature(Nature.LEVEL, currency, scale)
    nature = Nature.FLOW if words.flows.search(around) else Nature.LEVEL
    return ColumnNature(nature, currency, scale)
