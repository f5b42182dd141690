"""How far a report's own figures say how often its claims are supported: reliability in bins, and its mean error.

The report gives no probability. What it gives of every claim (nearness of the best passage, the share of the claim that
no passage holds, whether a lane raises an alarm, the verdict) is turned into one by logistic regression, fitted by
cross-validation: the claims of a case are judged by a fit on all other cases. Baselines are fitted in the same way.

Expected calibration error (ECE): the mean distance of predicted and observed share over ten bins of equal width,
weighed by their claims. Brier: the mean squared distance of prediction and label; the last line of the
table always says the mean share. Claims whose label accepts supported among others are left out, as are those that
cannot be checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tests.gate.scoring import Judgement
from tests.gate.systems import is_faithful, is_wrong, rounded

from headwater.alignment.evidence import nearness
from headwater.domain.verdicts import ClaimReport

BINS = 10  # of equal width, as is usual
PENALTY = 1.0  # ridge on standardised columns: keeps a fit on few cases finite
STEPS = 30  # Newton's method; ten suffice

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bin:
    """Claims of like prediction: how many, the mean prediction, and the share that is supported."""

    claims: int
    predicted: float
    observed: float


@dataclass(frozen=True)
class Reliability:
    """How well one confidence is calibrated."""

    bins: tuple[Bin, ...]
    error: float
    brier: float

    def as_values(self) -> dict[str, object]:
        return {
            "ece": rounded(self.error),
            "brier": rounded(self.brier),
            "bins": [[b.claims, round(b.predicted, 3), round(b.observed, 3)] for b in self.bins],
        }


def reliabilities(
    judgements: Sequence[Judgement], likeness: Mapping[str, Sequence[float]]
) -> dict[str, dict[str, object]]:
    """The calibration of Headwater's confidence, of its nearness alone, and of each baseline's likeness."""
    kept = [n for n, j in enumerate(judgements) if is_wrong(j.claim) or is_faithful(j.claim)]
    labels = np.array([float(is_faithful(judgements[n].claim)) for n in kept])
    cases = [judgements[n].case.id for n in kept]
    columns = {
        "Headwater": np.array([features(judgements[n]) for n in kept]),
        "Headwater, nearness alone": np.array([features(judgements[n])[:1] for n in kept]),
        **{name: np.array([[values[n]] for n in kept]) for name, values in likeness.items()},
        "the mean share of the other cases": np.zeros((len(kept), 0)),
    }
    return {name: reliability(left_out(own, labels, cases), labels).as_values() for name, own in columns.items()}


def features(judgement: Judgement) -> tuple[float, ...]:
    """What the reports of a claim say: nearness, share not held, alarms, and verdicts below supported."""
    near = min((_nearness(report) for report in judgement.reports), default=0.0)
    length = sum(len(report.claim.text) for report in judgement.reports)
    missing = sum(len(words) for report in judgement.reports for words in report.missing)
    own = judgement.verdict
    flags = (bool(judgement.alarms), own == "supported", own == "not_in_source", own == "contradicted")
    return (near, missing / length if length else 1.0, *map(float, flags))


def _nearness(report: ClaimReport) -> float:
    return max((nearness(hit) for hit in (*report.evidence, *report.nearest)), default=0.0)


def left_out(columns: Floats, labels: Floats, cases: Sequence[str]) -> Floats:
    """Predict each case by a fit on the others. Shape: (len(labels),)."""
    predicted = np.zeros(len(labels))
    for case in set(cases):
        own = np.array([name == case for name in cases])
        mean, spread = columns[~own].mean(axis=0), columns[~own].std(axis=0)
        scaled = (columns - mean) / np.where(spread > 0, spread, 1.0)
        weights = fit(scaled[~own], labels[~own])
        predicted[own] = _sigmoid(_with_constant(scaled[own]) @ weights)
    return predicted


def fit(columns: Floats, labels: Floats) -> Floats:
    """Logistic regression with a ridge, by Newton's method; the constant comes last and is not penalised."""
    rows = _with_constant(columns)
    ridge = np.diag([PENALTY] * columns.shape[1] + [1e-6])
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        own = _sigmoid(rows @ weights)
        gradient = rows.T @ (own - labels) + ridge @ weights
        curvature = rows.T @ (rows * (own * (1 - own))[:, None]) + ridge
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def reliability(predicted: Floats, labels: Floats) -> Reliability:
    places = np.minimum((predicted * BINS).astype(int), BINS - 1)
    parts = [np.flatnonzero(places == place) for place in range(BINS)]
    bins = tuple(
        Bin(len(part), float(predicted[part].mean()), float(labels[part].mean())) for part in parts if len(part)
    )
    error = sum(one.claims * abs(one.predicted - one.observed) for one in bins) / max(1, len(labels))
    return Reliability(bins, error, float(np.mean((predicted - labels) ** 2)) if len(labels) else 0.0)


def _with_constant(columns: Floats) -> Floats:
    return np.hstack([columns, np.ones((len(columns), 1))])


def _sigmoid(values: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return result
