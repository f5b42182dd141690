"""How many wrong figures and dates a whole check warns of: faithful claims of the labelled cases, made wrong by rule.

Every claim of the development cases that is labelled supported and tells a figure or a date is changed in its article
in up to sixteen ways (`planted_changes.py`), a few claims of an article at a time, never two neighbours, and the whole
article is checked against its document. Per kind:

* warned: a finding of medium or high severity in the claim that the faithful text did not have;
* said: that, or a verdict below supported that the faithful text did not have;
* contradicted: a new finding that contradicts;
* named: a new loud finding beside the official words that the right figure had agreed with.

Half of the cases (by digest) is for looking at; of the other half only totals are printed. A funnel says where those
that are not warned of are lost: what stands at the changed words.

Run: python -m tests.benchmark planted [--half look|count|all] [--each 3] [--kind digit] [--show 5] [--cases 12,13]
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmark.planted_changes import KINDS, Change, Told, changes_of
from gate.__main__ import make_checker
from gate.agreement import shared
from gate.cases import Case, LabelledClaim, read_cases
from gate.scoring import ALARMS, LOUD
from headwater.checking import CheckContext, FactChecker
from headwater.domain.findings import Effect, Finding
from headwater.domain.spans import Span
from headwater.domain.verdicts import CheckReport, ClaimReport
from headwater.extraction.dates import extract_dates
from headwater.extraction.quantities import extract_quantities

APART = 2  # every so manieth changed claim is in one article
WARNING = {"contradicted", "shifted", "not_in_source"}


@dataclass(frozen=True)
class Plant:
    """One change of one claim."""

    claim: LabelledClaim
    place: int
    kind: str
    change: Change


@dataclass(frozen=True)
class Outcome:
    """What came of one change; `lost` is where a change that is not warned of was lost."""

    warned: bool
    said: bool
    contradicted: bool
    named: bool
    lost: str = ""


def half_of(case: Case) -> str:
    """Return the half that a case belongs to, by its digest."""
    return "count" if hashlib.sha256(case.id.encode()).digest()[0] % 2 else "look"


def read_told(case: Case, claim: LabelledClaim, official: tuple) -> Told:
    """Read the figures and dates of a claim."""
    dates = extract_dates(claim.text, published=case.article_published)
    quantities = extract_quantities(claim.text, exclude=tuple(mention.span for mention in dates))
    return Told(claim.text, quantities, dates, official)


def plants_of(case: Case, kinds: Sequence[str], each: int) -> list[Plant]:
    """Make the changes of a case's faithful claims: of each claim so many, the rarest kinds first."""
    dates = extract_dates(case.source, published=case.published)
    official = extract_quantities(case.source, exclude=tuple(mention.span for mention in dates))
    plants = []
    for place, claim in enumerate(case.claims):
        if claim.verdict != "supported" or claim.errors:
            continue

        def seeds(kind: str, claim: LabelledClaim = claim) -> random.Random:
            return random.Random(f"{case.id} {claim.id} {kind}")

        made = changes_of(read_told(case, claim, official), seeds, kinds)
        order = random.Random(f"{case.id} {claim.id}")
        order.shuffle(made)
        rare = {"share", "ordinal", "relative", "month", "year", "day", "direction", "bound", "unit", "exchanged"}
        made.sort(key=lambda one: one[0] not in rare)
        plants += [Plant(claim, place, kind, change) for kind, change in made[:each]]
    return plants


def rounds_of(plants: Sequence[Plant]) -> Iterator[list[Plant]]:
    """Yield plants that go into one article: one of a claim, no two claims side by side."""
    left = list(plants)
    while left:
        chosen: list[Plant] = []
        for plant in left:
            if all(abs(plant.place - other.place) >= APART for other in chosen):
                chosen.append(plant)
        left = [plant for plant in left if plant not in chosen]
        yield chosen


def compare(checker: FactChecker, case: Case, article: str) -> CheckReport:
    return checker.compare(
        article,
        case.source,
        CheckContext(published=case.article_published),
        source_context=CheckContext(
            case.url, case.title, case.published, publisher=case.publisher, speaker=case.speaker
        ),
    )


def answers(report: CheckReport, span: Span) -> list[ClaimReport]:
    return [one for one in report.claims if shared(span, one.claim.span) >= 0.5 * min(len(span), len(one.claim.span))]


def loud(reports: Sequence[ClaimReport]) -> list[Finding]:
    return [f for one in reports for f in one.findings if f.effect in ALARMS and f.severity in LOUD]


def with_plants(article: str, plants: Sequence[Plant]) -> tuple[str, list[Span]]:
    """Return an article with changed claims, and where those stand."""
    spans = []
    moved = 0
    for plant in sorted(plants, key=lambda one: one.claim.span.start):
        start, end = plant.claim.span.start + moved, plant.claim.span.end + moved
        article = article[:start] + plant.change.text + article[end:]
        spans.append((plant, Span(start, start + len(plant.change.text))))
        moved += len(plant.change.text) - len(plant.claim.text)
    at = {id(plant): span for plant, span in spans}
    return article, [at[id(plant)] for plant in plants]


def where_lost(after: Sequence[ClaimReport], spans: Sequence[Span]) -> str:
    """Return what is said of the changed words: "not read", or the rules of the findings there."""
    there = [f for one in after for f in one.findings if any(f.claimed.span.overlaps(span) for span in spans)]
    rules = sorted({f"{f.rule} {f.severity.value}" for f in there if f.rule[:3] in {"FIG", "DAT", "QUO"}})
    return ", ".join(rules) or "not read"


def judge(plant: Plant, before: list[ClaimReport], after: list[ClaimReport], at: Span) -> Outcome:
    known = Counter((f.rule, f.claimed.surface) for f in loud(before))
    new = []
    for finding in loud(after):
        key = finding.rule, finding.claimed.surface
        if known[key] > 0:
            known[key] -= 1
        else:
            new.append(finding)
    was = plant.change.was.shift(plant.claim.span.start)
    right = [f.official.span for one in before for f in one.findings if f.official and f.claimed.span.overlaps(was)]
    named = any(f.official and any(f.official.span.overlaps(span) for span in right) for f in new)
    verdicts = [{one.verdict.value for one in side} & WARNING for side in (before, after)]
    said = bool(new) or bool(verdicts[1] - verdicts[0])
    lost = "" if new else where_lost(after, [span.shift(at.start) for span in plant.change.spans])
    return Outcome(bool(new), said, any(f.effect is Effect.CONTRADICTS for f in new), named, lost)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and print its figures."""
    parser = argparse.ArgumentParser(description="Planted wrong figures and dates in whole checks.")
    parser.add_argument("--half", choices=["look", "count", "all"], default="all")
    parser.add_argument("--each", type=int, default=3, help="changes of one claim at most")
    parser.add_argument("--kind", default="", help="one kind alone, or several with commas")
    parser.add_argument("--show", type=int, default=0, help="misses to print for each kind, of the half to look at")
    parser.add_argument("--cases", default="", help="the beginnings of some cases' names")
    options = parser.parse_args(arguments)
    kinds = options.kind.split(",") if options.kind else list(KINDS)
    chosen = tuple(options.cases.split(",")) if options.cases else ("",)
    checker = make_checker()
    tallies: dict[str, list[Outcome]] = defaultdict(list)
    halves: dict[str, list[Outcome]] = defaultdict(list)
    alarms: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for case in read_cases("dev"):
        half = half_of(case)
        if not case.id.startswith(chosen) or options.half not in ("all", half):
            continue
        faithful = compare(checker, case, case.article)
        for claim in case.claims:
            if claim.accepted == {"supported"} and not claim.errors:
                own = loud(answers(faithful, claim.span))
                alarms[half] += bool(own)
                alarms[f"{half} figures"] += any(f.lane.value in {"figure", "date"} for f in own)
                alarms[f"{half} claims"] += 1
        for plants in rounds_of(plants_of(case, kinds, options.each)):
            article, spans = with_plants(case.article, plants)
            report = compare(checker, case, article)
            for plant, span in zip(plants, spans, strict=True):
                after = answers(report, span)
                outcome = judge(plant, answers(faithful, plant.claim.span), after, span)
                tallies[plant.kind].append(outcome)
                halves[half].append(outcome)
                if not outcome.warned and half == "look" and shown[plant.kind] < options.show:
                    shown[plant.kind] += 1
                    print_miss(case, plant, after)
    print_report(tallies, halves, alarms)
    return 0


def print_miss(case: Case, plant: Plant, after: Sequence[ClaimReport]) -> None:
    out = sys.stdout
    out.write(f"\n[{plant.kind}] {case.id} {plant.claim.id} {[one.verdict.value for one in after]}\n")
    out.write(f"   was {plant.change.was.slice(plant.claim.text)!r}: {plant.change.text}\n")
    for one in after:
        for f in one.findings:
            if f.lane.value in {"figure", "date"} or f.effect in ALARMS:
                official = f.official.surface if f.official else "-"
                out.write(
                    f"      {f.rule} {f.effect.value} {f.severity.value} [{f.claimed.surface}] [{official[:60]}]\n"
                )


def print_report(tallies: dict[str, list[Outcome]], halves: dict[str, list[Outcome]], alarms: Counter[str]) -> None:
    out = sys.stdout
    out.write(f"\n{'kind':14}{'made':>6}{'warned':>9}{'said':>9}{'contrad.':>9}{'named':>9}\n")
    rows = [(kind, tallies[kind]) for kind in KINDS if tallies[kind]]
    rows += [(f"half: {half}", own) for half, own in sorted(halves.items())]
    rows.append(("all", [one for own in tallies.values() for one in own]))
    for name, own in rows:
        counts = [sum(getattr(one, part) for one in own) for part in ("warned", "said", "contradicted", "named")]
        out.write(f"{name:14}{len(own):6}" + "".join(f"{count / max(1, len(own)):9.1%}" for count in counts) + "\n")
    lost = Counter(one.lost for own in tallies.values() for one in own if one.lost)
    out.write(f"where {lost.total()} were lost: {', '.join(f'{count} {what}' for what, count in lost.most_common())}\n")
    for half in sorted(halves):
        out.write(
            f"{half}: {alarms[half]} of {alarms[f'{half} claims']} faithful claims alarmed, "
            f"{alarms[f'{half} figures']} by a figure or a date\n"
        )


if __name__ == "__main__":
    sys.exit(main())
