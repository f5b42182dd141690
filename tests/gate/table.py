"""The gate's table: what every system reaches on one set, as values, as Markdown, and written to `results/`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.gate.baselines import baseline_calls, likenesses
from tests.gate.calibration import reliabilities
from tests.gate.cases import CASES
from tests.gate.intervals import intervals
from tests.gate.lanes import lane_figures
from tests.gate.picture import reliability_svg
from tests.gate.scoring import Scores
from tests.gate.systems import figures, product_call

from headwater import RULE_VERSION
from headwater.checking import Encoder

RESULTS = Path(__file__).parents[1] / "benchmark" / "results"
HEADWATER = "Headwater"


def gate_values(part: str, scores: Scores, encoder: Encoder) -> dict[str, Any]:
    """All figures of one set."""
    judgements = scores.judgements
    calls = [product_call(judgement) for judgement in judgements]
    systems = {HEADWATER: calls, **baseline_calls(judgements, encoder)}
    named, _, high = scores.high_severity
    return {
        "digest": digest_of(part),
        "rules": RULE_VERSION,
        "cases": len({j.case.id for j in judgements}),
        "claims": len(judgements),
        "high_severity_named": {"named": named, "claims": high, "recall": round(named / high, 4) if high else None},
        "intervals": intervals(judgements, calls),
        "lanes": lane_figures(judgements),
        "systems": {name: figures(judgements, own) for name, own in systems.items()},
        "calibration": reliabilities(judgements, likenesses(judgements, encoder)),
    }


def digest_of(part: str) -> str:
    """The digest of every file of a set: figures of two sets are never taken for one another's."""
    total = sha256()
    for path in sorted((CASES / part).rglob("*")):
        if path.is_file():
            total.update(path.relative_to(CASES).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def write(part: str, values: Mapping[str, Any]) -> None:
    """Keep a set's figures beside those of the other sets, as JSON, as Markdown and as a picture."""
    RESULTS.mkdir(exist_ok=True)
    kept = RESULTS / "gate.json"
    sets = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    sets[part] = values
    kept.write_text(json.dumps(sets, indent=1, sort_keys=False) + "\n", "utf-8")
    pages = [f"{as_markdown(name, own)}\n![Reliability](gate_{name}.svg)\n" for name, own in sorted(sets.items())]
    (RESULTS / "gate.md").write_text("# The quality gate\n\n" + "\n".join(pages), "utf-8")
    curves = {name: own["bins"] for name, own in values["calibration"].items()}
    (RESULTS / f"gate_{part}.svg").write_text(reliability_svg(f"{part}: reliability", curves), "utf-8")


def as_markdown(part: str, values: Mapping[str, Any]) -> str:
    """The table of one set, for a terminal and for a page."""
    own = values["systems"][HEADWATER]
    sections = [
        f"## {part}: {values['cases']} cases, {values['claims']} claims, rules {values['rules']}\n",
        "How each column is counted: tests/gate/systems.py, lanes.py, baselines.py, calibration.py.\n",
        _systems(values["systems"], values["high_severity_named"]),
        _aims(values["intervals"], own),
        "### By lane\n",
        _lanes(values["lanes"], values["systems"]),
        "### By verdict\n",
        _verdicts(values["systems"]),
        '### Calibration of "is supported", by cross-validation over cases\n',
        _calibration(values["calibration"]),
    ]
    return "\n".join(sections)


def _systems(systems: Mapping[str, Any], named: Mapping[str, Any]) -> str:
    head = (
        "system",
        "verdict macro P",
        "R",
        "F1",
        "agree",
        "warnings P",
        "R",
        "F1",
        "high severity warned",
        "high severity named",
        "false alarms a faithful article",
        "claims warned of a faithful article",
    )
    rows = []
    for name, own in systems.items():
        macro, warned = own["macro"], own["warnings"]
        rows.append(
            [
                name,
                *(_number(macro[column]) for column in ("precision", "recall", "f1")),
                _number(own["agree"]),
                *(_number(warned[column]) for column in ("precision", "recall", "f1")),
                f"{own['high_severity']['warned']}/{own['high_severity']['claims']}",
                f"{named['named']}/{named['claims']}" if name == HEADWATER else "–",
                _number(own["false_alarms"]["per_article"]),
                _number(own["warned_in_faithful"]),
            ]
        )
    return _table(head, rows)


def _aims(kept: Mapping[str, Sequence[float]], own: Mapping[str, Any]) -> str:
    reached = {
        "macro_f1": own["macro"]["f1"],
        "high_severity_warned": own["high_severity"]["recall"],
        "false_alarms_per_article": own["false_alarms"]["per_article"],
    }
    aims = {"macro_f1": ">= 0.85", "high_severity_warned": ">= 0.95", "false_alarms_per_article": "<= 0.25"}
    rows = [
        [name, _number(reached[name]), " to ".join(_number(end) for end in kept[name]) or "–", aims[name]]
        for name in aims
    ]
    return _table(("aimed at", "reached", "95% interval (cases resampled)", "aim"), rows)


def _lanes(lanes: Mapping[str, Any], systems: Mapping[str, Any]) -> str:
    head = (
        "lane",
        "alarms",
        "precision",
        "pointed",
        "errors",
        "recall",
        "F1",
        *(f"warned: {name}" for name in systems),
    )
    rows = [
        [
            lane,
            str(own["given"]),
            _number(own["precision"]),
            _number(own["pointed"]),
            str(own["wanted"]),
            _number(own["recall"]),
            _number(own["f1"]),
            *(_number(system["lanes_warned"].get(lane)) for system in systems.values()),
        ]
        for lane, own in lanes.items()
    ]
    return _table(head, rows)


def _verdicts(systems: Mapping[str, Any]) -> str:
    labels = list(systems[HEADWATER]["verdicts"])
    head = ("system", *(f"{label} P / R / F1" for label in labels))
    rows = [
        [
            name,
            *(
                " / ".join(_number(own["verdicts"][label][column]) for column in ("precision", "recall", "f1"))
                for label in labels
            ),
        ]
        for name, own in systems.items()
    ]
    return _table(head, rows)


def _calibration(values: Mapping[str, Any]) -> str:
    head = ("confidence", "ECE", "Brier", "bins: claims, predicted, observed")
    rows = [
        [
            name,
            _number(own["ece"]),
            _number(own["brier"]),
            "; ".join(f"{claims} {predicted:.2f} {observed:.2f}" for claims, predicted, observed in own["bins"]),
        ]
        for name, own in values.items()
    ]
    return _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    listed = [list(head), *map(list, rows)]
    widths = [max(len(row[column]) for row in listed) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in listed
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
