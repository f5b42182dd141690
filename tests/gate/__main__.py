"""Print where the labelled pairs stand: `python -m tests.gate [SET...] [-v] [--brief] [--write]`.

Sets are seed, dev, heldout, review and fresh. `-v` lists every disagreement, `--brief` leaves the table out, `--write`
keeps it in tests/benchmark/results: gate.json, gate.md and gate_SET.svg. The last three sets are for the end: whoever
tunes on them has nothing left to be judged by.
"""

from __future__ import annotations

import argparse

from tests.gate.agreement import answers
from tests.gate.cases import read_cases
from tests.gate.gold import seed_pair
from tests.gate.scoring import Judgement, Scores
from tests.gate.seed import seed_bar
from tests.gate.table import as_markdown, gate_values, write

from headwater.checking import CheckContext, FactChecker
from headwater.settings import load_settings
from headwater.wiring import open_comparer, open_encoder

SETS = ("seed", "dev", "heldout", "review", "fresh")


def make_checker() -> FactChecker:
    """The product's own comparer, as the command line and the service wire it."""
    return open_comparer(load_settings())


def score(part: str, checker: FactChecker) -> Scores:
    scores = Scores()
    for case in read_cases(part):
        report = checker.compare(
            case.article,
            case.source,
            CheckContext(published=case.article_published),
            source_context=CheckContext(
                case.url, case.title, case.published, publisher=case.publisher, speaker=case.speaker
            ),
        )
        scores.add(case, report)
    return scores


def print_seed(checker: FactChecker, *, verbose: bool) -> None:
    pair = seed_pair()
    report = checker.compare(pair.article, pair.release)
    print("seed pair")
    for item in seed_bar(pair, report, "given"):
        print("  ", item)
    for answer in answers(pair, report) if verbose else ():
        if not answer.agrees:
            print(f"      {answer.gold.id:5} gold {answer.gold.verdict:15} ours {answer.verdict}")


def print_scores(part: str, scores: Scores, *, verbose: bool) -> None:
    named, warned, high = scores.high_severity
    alarms = scores.false_alarms
    print(f"{part}: {len({j.case.id for j in scores.judgements})} cases, {len(scores.judgements)} claims")
    print(f"   verdicts agree {scores.agreement:.3f}, macro-F1 {scores.macro_f1:.3f}", end=" (")
    print(", ".join(f"{label} {f1:.2f}" for label, f1 in scores.f1_by_verdict()) + ")")
    print(f"   high severity: named {named} of {high}, warned of {warned} of {high}")
    print("   errors named by lane: " + ", ".join(f"{lane} {a}/{b}" for lane, (a, b) in scores.caught.items()))
    print(f"   false alarms in {len(alarms)} faithful articles: {alarms.total()}")
    if verbose:
        print_judgements(scores.judgements)


def print_judgements(judgements: list[Judgement]) -> None:
    for j in judgements:
        missed = [error for error in j.claim.errors if not j.catches(error.lane, error.span)]
        if j.agrees and not missed and not j.is_false_alarm:
            continue
        marks = ("FALSE ALARM " if j.is_false_alarm else "") + " ".join(f"MISSED {e.lane}/{e.kind}" for e in missed)
        print(f"\n   {j.case.id} {j.claim.id} gold {'|'.join(sorted(j.claim.accepted))} ours {j.verdict} {marks}")
        print(f"      {j.claim.text}")
        for report in j.reports:
            for f in report.findings:
                official = f.official.surface if f.official else "-"
                print(f"      {f.rule} {f.effect} {f.severity} [{f.claimed.surface}] [{official[:60]}]")
            for hit in report.evidence or report.nearest[:1]:
                print(f"      {hit.similarity:.2f} cos {hit.cosine or 0:.2f} {hit.passage.text[:150]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description="Where the labelled pairs stand.")
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(SETS) + "; seed and dev unless given")
    parser.add_argument("-v", "--verbose", action="store_true", help="every disagreement, with its findings")
    parser.add_argument("--brief", action="store_true", help="without the table")
    parser.add_argument("--write", action="store_true", help="keep the table in tests/benchmark/results")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.sets if name not in SETS]
    if unknown:
        parser.error(f"no set {unknown[0]!r}: there are {', '.join(SETS)}")
    checker = make_checker()
    for part in chosen.sets or ["seed", "dev"]:
        if part == "seed":
            print_seed(checker, verbose=chosen.verbose)
        else:
            print_part(part, checker, chosen)


def print_part(part: str, checker: FactChecker, chosen: argparse.Namespace) -> None:
    scores = score(part, checker)
    print_scores(part, scores, verbose=chosen.verbose)
    if chosen.write or not chosen.brief:
        values = gate_values(part, scores, open_encoder(load_settings()))
        print("\n" + as_markdown(part, values))
        if chosen.write:
            write(part, values)


if __name__ == "__main__":
    main()
