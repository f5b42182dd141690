"""Measure the figure lane on free paraphrases: `PYTHONPATH=backend python tests/benchmark/figures_free.py [-v]`."""

from __future__ import annotations

import sys
import tomllib
from datetime import date
from pathlib import Path

from headwater.comparison.figures import compare_figures
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Finding, Severity
from headwater.domain.spans import MappedText
from headwater.extraction.dates import extract_dates
from headwater.extraction.quantities import extract_quantities

BANK = Path(__file__).parents[1] / "unit" / "comparison" / "banks" / "figures_free.toml"
LIGHT = frozenset({Severity.INFO, Severity.LOW})


def read(text: str, published: date, passage: int | None = None) -> Annotated:
    """Read a text's dates and figures."""
    dates = extract_dates(text, published=published)
    quantities = extract_quantities(text, exclude=tuple(mention.span for mention in dates))
    return Annotated(MappedText.identity(text), Facts(quantities=quantities, dates=dates), passage_id=passage)


def compared(claim: str, passages: str, published: date) -> tuple[Finding, ...]:
    """Compare a claim with passages parted by "||"."""
    read_passages = [read(text, published, place) for place, text in enumerate(passages.split(" || "))]
    return compare_figures(read(claim, published), read_passages)


def is_alarm(finding: Finding) -> bool:
    """Say whether a finding says that a figure is wrong, shifted or not stated."""
    return finding.severity not in LIGHT and finding.effect is not Effect.AGREES


def faults(findings: tuple[Finding, ...], wrong: str) -> list[str]:
    """Return what is amiss; `wrong` is the wrong figure's surface, or "" in a faithful claim."""
    if not wrong:
        return [f"false alarm: {f.rule} {f.claimed.surface}" for f in findings if is_alarm(f)]
    own = [f for f in findings if wrong in f.claimed.surface or f.claimed.surface in wrong]
    others = [f for f in findings if f not in own and f.effect is Effect.CONTRADICTS]
    missed = [] if any(is_alarm(f) for f in own) else [f"missed: {wrong} {[f.rule for f in own]}"]
    return missed + [f"false alarm: {f.rule} {f.claimed.surface}" for f in others]


def main() -> None:
    """Print how many cases come out right."""
    bank = tomllib.loads(BANK.read_text(encoding="utf-8"))
    for name in ("faithful", "wrong"):
        amiss = contradicted = agreed = figures = 0
        for claim, passages, *wrong in bank[name]:
            findings = compared(claim, passages, bank["published"])
            found = faults(findings, *(wrong or [""]))
            amiss += bool(found)
            figures += len(findings)
            agreed += sum(f.effect is Effect.AGREES for f in findings)
            contradicted += any(f.effect is Effect.CONTRADICTS for f in findings)
            if found and "-v" in sys.argv:
                print(f"  {'; '.join(found)}\n     {claim}\n     {passages}")
        total = len(bank[name])
        print(
            f"{name}: {total - amiss} of {total} right; contradicted {contradicted}; {agreed}/{figures} figures agree"
        )


if __name__ == "__main__":
    main()
