"""House styles: what a newsroom changes on purpose is shown, and decides nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from headwater.comparison.quotation_words import read_words
from headwater.domain.errors import InvalidInputError
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Severity

AROUND = 100  # characters beside the claimed words that a row may look at
MOVED = {Severity.LOW, Severity.MEDIUM}  # what misleads a reader on a fact is nobody's style


class UnknownHouseStyleError(InvalidInputError):
    """There is no such switch; the message names the nearest and all that there are, never what was given."""

    def __init__(self, given: str) -> None:
        near = get_close_matches(given, house_styles(), n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        super().__init__(f"unknown house style: {hint}there are {', '.join(house_styles())}")


@dataclass(frozen=True, slots=True)
class StyleRow:
    """Which findings a switch moves; house_style.toml says what each condition means."""

    rules: frozenset[str]
    folded: tuple[tuple[re.Pattern[str], str], ...] = ()
    same_figures: bool = False
    unless: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """One switch.

    Args:
        name: As settings and requests write it.
        title: What it allows, in words.
        rows: Findings it moves: those of any row.
        example: A text and the official words it differs from by this style alone.
    """

    name: str
    title: str
    rows: tuple[StyleRow, ...]
    example: tuple[str, str]


@cache
def house_styles() -> Mapping[str, HouseStyle]:
    """Return every switch by its name.

    >>> house_styles()["hyphenation"].title
    'hyphens'
    """
    table = tomllib.loads(Path(__file__).with_name("house_style.toml").read_text("utf-8"))
    return {
        name: HouseStyle(name, row["title"], tuple(map(_row, row["findings"])), (row["example"][0], row["example"][1]))
        for name, row in table.items()
    }


def parse_house_style(names: str | Iterable[str]) -> tuple[str, ...]:
    """Return switches, each once, in the order of the table.

    Args:
        names: Of switches, or one text of them parted by commas; none turns nothing on.

    Raises:
        UnknownHouseStyleError: If there is no such switch.

    >>> parse_house_style("hyphenation, Serial-Comma")
    ('serial_comma', 'hyphenation')
    """
    parts = names.split(",") if isinstance(names, str) else names
    chosen = {part.strip().lower().replace("-", "_") for part in parts} - {""}
    for name in sorted(chosen - house_styles().keys()):
        raise UnknownHouseStyleError(name)
    return tuple(name for name in house_styles() if name in chosen)


def with_house_style(findings: Sequence[Finding], names: Sequence[str], claim: Annotated) -> tuple[Finding, ...]:
    """Move the findings that a house style allows to severity info; the others stay, in their order before them.

    Args:
        findings: Of one claim.
        names: Switches that are on.
        claim: Where the claimed sides stand.
    """
    if not names:
        return tuple(findings)
    styles = [house_styles()[name] for name in names]
    moved = [_moved(finding, styles, claim) for finding in findings]
    return tuple(sorted(moved, key=lambda finding: finding.severity is Severity.INFO))


def _moved(finding: Finding, styles: Iterable[HouseStyle], claim: Annotated) -> Finding:
    if finding.effect is not Effect.SHIFTS or finding.severity not in MOVED:
        return finding
    style = next((style for style in styles if any(_holds(row, finding, claim) for row in style.rows)), None)
    if style is None:
        return finding
    words = f"{finding.explanation} Allowed by the house style: {style.title}."
    return replace(finding, severity=Severity.INFO, explanation=words)


def _holds(row: StyleRow, finding: Finding, claim: Annotated) -> bool:
    ours, theirs = finding.claimed.surface.lower(), (finding.official.surface if finding.official else "").lower()
    return (
        finding.rule in row.rules
        and not (row.unless and (row.unless.search(ours) or row.unless.search(theirs)))
        and (not row.folded or _fold(ours, row) == _fold(theirs, row))
        and (not row.same_figures or _keys(ours) == _keys(theirs))
        and _stands_so(row, finding, claim)
    )


def _fold(surface: str, row: StyleRow) -> str:
    for pattern, replacement in row.folded:
        surface = pattern.sub(replacement, surface)
    return " ".join(surface.split())


def _keys(surface: str) -> list[str]:
    return [word.key for word in read_words(surface).words]


def _stands_so(row: StyleRow, finding: Finding, claim: Annotated) -> bool:
    original, span = claim.mapped.original, finding.claimed.span
    start, end = span.start - claim.offset, span.end - claim.offset
    before, after = original[max(0, start - AROUND) : start], original[end : end + AROUND]
    return (row.before is None or bool(row.before.search(before))) and (
        row.after is None or bool(row.after.match(after))
    )


def _row(table: Mapping[str, Any]) -> StyleRow:
    patterns = {name: re.compile(table[name]) for name in ("unless", "before", "after") if name in table}
    return StyleRow(
        frozenset(table["rules"]),
        tuple((re.compile(pattern), replacement) for pattern, replacement in table.get("folded", [])),
        same_figures=table.get("same_figures", False),
        **patterns,
    )
