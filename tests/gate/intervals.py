"""How far the figures of few cases can be trusted: intervals by resampling whole cases."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence

from tests.gate.scoring import Judgement
from tests.gate.systems import Call, is_faithful, is_high, macro, verdict_measures

RESAMPLES = 1000
SEED = 20241107
TAIL = 0.025  # on either side: 95% intervals

Pairs = list[tuple[Judgement, Call]]


def intervals(judgements: Sequence[Judgement], calls: Sequence[Call]) -> dict[str, list[float]]:
    """95% intervals of the three figures that are aimed at, by the bootstrap over cases."""
    by_case: dict[str, Pairs] = defaultdict(list)
    for judgement, call in zip(judgements, calls, strict=True):
        by_case[judgement.case.id].append((judgement, call))
    rng, cases = random.Random(SEED), list(by_case.values())
    drawn = [[rng.choice(cases) for _ in cases] for _ in range(RESAMPLES)]
    figures: dict[str, Callable[[list[Pairs]], float | None]] = {
        "macro_f1": _macro_f1,
        "high_severity_warned": _high_severity,
        "false_alarms_per_article": _false_alarms,
    }
    return {name: _interval([figure(sample) for sample in drawn]) for name, figure in figures.items()}


def _macro_f1(sample: list[Pairs]) -> float | None:
    pairs = [pair for case in sample for pair in case]
    return macro(verdict_measures([j for j, _ in pairs], [c for _, c in pairs]).values())["f1"]


def _high_severity(sample: list[Pairs]) -> float | None:
    warned = [call.warned for case in sample for judgement, call in case if is_high(judgement.claim)]
    return sum(warned) / len(warned) if warned else None


def _false_alarms(sample: list[Pairs]) -> float | None:
    faithful = [case for case in sample if case[0][0].case.faithful]
    alarms = sum(call.alarmed for case in faithful for judgement, call in case if is_faithful(judgement.claim))
    return alarms / len(faithful) if faithful else None


def _interval(values: Sequence[float | None]) -> list[float]:
    known = sorted(value for value in values if value is not None)
    if not known:
        return []
    at = int(TAIL * len(known))
    return [round(known[at], 4), round(known[-1 - at], 4)]
