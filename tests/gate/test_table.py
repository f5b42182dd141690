"""The gate's own arithmetic: what counts as an alarm, a miss and a false alarm, on claims made up for it."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from tests.gate import table
from tests.gate.baselines import Scored, absent, as_quiet, best_f1, left_out_calls
from tests.gate.calibration import left_out, reliability
from tests.gate.cases import Case, LabelledClaim, Planted
from tests.gate.intervals import intervals
from tests.gate.lanes import is_right, lane_figures
from tests.gate.picture import reliability_svg
from tests.gate.scoring import Judgement, Scores
from tests.gate.systems import Measure, figures, macro, product_call, verdict_measures, warnings

from headwater.domain.claims import Claim, ClaimKind
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.spans import MappedText, Span
from headwater.domain.verdicts import ClaimReport, Verdict
from headwater_embeddings.hashing import HashingEncoder

WORDS = "The fund is worth £57 million."
FIGURE = Span(18, 29)


def finding(lane: Lane = Lane.FIGURE, effect: Effect = Effect.CONTRADICTS, span: Span = FIGURE) -> Finding:
    severity = {Effect.CONTRADICTS: Severity.HIGH, Effect.SHIFTS: Severity.MEDIUM}.get(effect, Severity.INFO)
    return Finding("X-ONE", lane, "one", effect, severity, Side(span.slice(WORDS), span), None, "One.")


def judged(
    label: str,
    own: str,
    *findings: Finding,
    also: tuple[str, ...] = (),
    errors: tuple[Planted, ...] = (),
    case: str = "one",
    faithful: bool = False,
) -> Judgement:
    span = Span(0, len(WORDS))
    labelled = LabelledClaim("c1", WORDS, span, label, frozenset({label, *also}), errors)
    source = "The fund is worth £75 million. It pays for nine quays in Oslo."
    about = Case(case, faithful, WORDS, source, date(2024, 11, 7), None, "", "", "", "", (labelled,))
    content = Annotated(MappedText.identity(WORDS), Facts())
    report = ClaimReport(Claim("c1", WORDS, span, ClaimKind.STATEMENT, content), Verdict(own), "", findings=findings)
    return Judgement(about, labelled, (report,))


WRONG_FIGURE = Planted("figure", "value", "high", FIGURE)


def test_an_alarm_on_a_labelled_error_is_right_whatever_its_lane() -> None:
    assert is_right(judged("contradicted", "contradicted", errors=(WRONG_FIGURE,)), finding()) is True
    beside = finding(Lane.TERM)  # on the same words
    assert is_right(judged("shifted", "shifted", also=("supported",), errors=(WRONG_FIGURE,)), beside) is True


def test_an_alarm_on_a_claim_that_is_wrong_is_right_without_an_error() -> None:
    assert is_right(judged("not_in_source", "not_in_source"), finding(Lane.NAME)) is True


def test_an_alarm_on_a_faithful_claim_is_wrong_and_on_an_arguable_one_open() -> None:
    assert is_right(judged("supported", "shifted"), finding()) is False
    assert is_right(judged("supported", "shifted", also=("shifted",)), finding()) is None


def test_a_lane_counts_its_alarms_and_the_errors_it_named() -> None:
    elsewhere = Planted("figure", "value", "high", Span(0, 3))
    judgements = [
        judged("contradicted", "contradicted", finding(), errors=(WRONG_FIGURE,)),
        judged("contradicted", "supported", errors=(elsewhere,), case="two"),
        judged("supported", "contradicted", finding(), case="three"),
        judged("supported", "supported", finding(effect=Effect.AGREES), case="four"),
    ]
    own = lane_figures(judgements)["figure"]
    assert (own["right"], own["given"], own["met"], own["wanted"]) == (1, 2, 1, 2)
    assert (own["precision"], own["recall"], own["f1"], own["pointed"]) == (0.5, 0.5, 0.5, 0.5)


def test_warnings_set_arguable_claims_aside() -> None:
    judgements = [
        judged("contradicted", "contradicted", finding()),
        judged("not_in_source", "supported"),
        judged("supported", "shifted"),
        judged("supported", "shifted", also=("shifted",)),
        judged("not_checkable", "not_in_source"),
    ]
    measure = warnings(judgements, [product_call(j) for j in judgements])
    assert (measure.right, measure.given, measure.met, measure.wanted) == (1, 2, 1, 2)


def test_verdicts_take_an_accepted_other_for_the_label() -> None:
    judgements = [
        judged("supported", "shifted", also=("shifted",)),
        judged("supported", "not_in_source"),
        judged("not_in_source", "not_in_source"),
    ]
    own = verdict_measures(judgements, [product_call(j) for j in judgements])
    assert (own["supported"].precision, own["supported"].recall) == (1.0, 0.5)
    assert (own["not_in_source"].precision, own["not_in_source"].recall) == (0.5, 1.0)
    assert macro(own.values()) == {"precision": 0.75, "recall": 0.75, "f1": pytest.approx(0.6667)}


def test_false_alarms_are_counted_by_faithful_article() -> None:
    judgements = [
        judged("supported", "contradicted", finding(), faithful=True, case="one"),
        judged("supported", "not_in_source", faithful=True, case="two"),  # a warning, no alarm
        judged("supported", "contradicted", finding(), case="three"),  # in an article with errors
    ]
    own = figures(judgements, [product_call(j) for j in judgements])
    assert own["false_alarms"] == {"alarms": 1, "articles": 2, "per_article": 0.5}
    assert own["warned_in_faithful"] == 1.0


def test_nothing_counted_is_no_figure() -> None:
    assert (Measure(0, 0, 0, 0).precision, Measure(0, 0, 0, 3).recall, Measure(0, 0, 0, 0).f1) == (None, 0.0, None)
    assert Measure(0, 4, 0, 3).f1 == 0.0


def scored(label: str, likeness: float, case: str, *, alarmed: bool = False) -> Scored:
    return Scored(judged(label, "supported", case=case), likeness, alarmed)


def test_thresholds_are_chosen_without_the_case_they_judge() -> None:
    rows = [
        scored("contradicted", 0.1, "one"),
        scored("supported", 0.9, "one"),
        scored("contradicted", 0.2, "two"),
        scored("supported", 0.8, "two"),
        scored("contradicted", 0.85, "three"),  # its own threshold would have been above this
        scored("supported", 0.95, "three"),
    ]
    calls = left_out_calls(rows, best_f1)
    assert [call.warned for call in calls[4:]] == [False, False]
    assert {call.verdict for call in calls} == {"contradicted", "supported"}


def test_the_quiet_threshold_raises_no_more_false_alarms_than_were_raised() -> None:
    rows = [scored("contradicted", 0.3, "a"), scored("supported", 0.4, "b"), scored("supported", 0.6, "c")]
    assert 0.3 < as_quiet(rows) < 0.4
    loud = [*rows[:2], scored("supported", 0.6, "c", alarmed=True)]
    assert 0.4 < as_quiet(loud) < 0.6


def test_what_is_absent_from_the_source() -> None:
    case = judged("supported", "supported").case
    assert absent("In Oslo the fund is worth £75 million.", case) == []
    assert absent("The Bergen fund is worth £57 million.", case) == ["57", "Bergen"]


def test_calibration_of_what_is_known_and_of_nothing() -> None:
    labels = np.array([0.0, 1.0] * 40)
    cases = [f"case {n // 4}" for n in range(80)]
    known = reliability(left_out(np.array([[label * 2 - 1] for label in labels]), labels, cases), labels)
    nothing = reliability(left_out(np.zeros((80, 0)), labels, cases), labels)
    assert known.brier < 0.02
    assert nothing.brier == pytest.approx(0.25, abs=0.01)
    assert nothing.error == pytest.approx(0.0, abs=0.01)


def test_intervals_hold_what_was_measured() -> None:
    judgements = [
        judged("contradicted", "contradicted" if n % 2 else "supported", errors=(WRONG_FIGURE,), case=str(n))
        for n in range(20)
    ]
    low, high = intervals(judgements, [product_call(j) for j in judgements])["high_severity_warned"]
    assert 0.2 < low < 0.5 < high < 0.8
    assert intervals(judgements, [product_call(j) for j in judgements])["false_alarms_per_article"] == []


def test_the_table_is_kept_beside_that_of_other_sets(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "RESULTS", tmp_path / "results")
    scores = Scores(
        [
            judged("contradicted", "contradicted", finding(), errors=(WRONG_FIGURE,), case="one"),
            judged("supported", "supported", faithful=True, case="two"),
            judged("not_in_source", "not_in_source", case="three"),
        ]
    )
    values = table.gate_values("seed", scores, HashingEncoder())
    table.write("one_set", values)
    table.write("other_set", values)
    kept = json.loads((tmp_path / "results" / "gate.json").read_text("utf-8"))
    assert list(kept) == ["one_set", "other_set"]
    page = (tmp_path / "results" / "gate.md").read_text("utf-8")
    assert page.count("### By lane") == 2
    assert "| Headwater" in page
    assert (tmp_path / "results" / "gate_one_set.svg").read_text("utf-8").startswith("<svg")


def test_the_picture_escapes_names() -> None:
    assert "a &lt;b&gt;" in reliability_svg("a <b>", {"one & two": [[3, 0.5, 0.4]]})
