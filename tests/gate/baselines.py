"""What is gained over plain methods: three of them answer the same labelled claims.

Each gives a claim a *likeness* to its source; below a threshold a reader is warned:

* word overlap: the share of the claim's content words (stems) that its best passage holds;
* embedding cosine: of the claim and its nearest passage, by the product's own model;
* absent name or number: minus the capitalised words and numbers of the claim that stand nowhere in the source.

Baselines get the labelled claims, and so lose nothing by parting sentences otherwise. Thresholds are chosen without the
case that is judged (leave one case out), in two ways: for the best F1 of warnings, and for the most warnings with no
more false alarms than Headwater raises on the same cases. The verdict that goes with a warning is the label most
frequent among the other cases' warned claims; without a warning it is supported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from tests.gate.cases import Case
from tests.gate.scoring import Judgement
from tests.gate.systems import Call, is_faithful, is_wrong

from headwater.checking import Encoder
from headwater.corpus.given import given_passages
from headwater.text.tokens import content_stems

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CAPITALISED = re.compile(r"(?<!^)(?<![.?!:“\"‘'] )(?<![“\"‘'])\b[A-Z][\w’'-]*")  # a sentence's first word tells nothing
ABSENT_FROM = -0.5  # one word or number that is absent: nothing to choose


@dataclass(frozen=True)
class Scored:
    """A labelled claim with its likeness to the source, and whether Headwater raises an alarm on it."""

    judgement: Judgement
    likeness: float
    alarmed: bool


@dataclass(frozen=True)
class Step:
    """A threshold, and how many wrong and how many faithful claims it warns of."""

    at: float
    met: int
    loud: int


Choice = Callable[[Sequence[Scored]], float]


def likenesses(judgements: Sequence[Judgement], encoder: Encoder) -> dict[str, list[float]]:
    """The likeness of each claim to its source, by method, in the order of the judgements."""
    found: dict[str, list[float]] = {"word overlap": [], "embedding cosine": [], "absent name or number": []}
    cases = {j.case.id: j.case for j in judgements}
    passages = {name: [p.text for p in given_passages(case.source)] for name, case in cases.items()}
    vectors = {name: encoder.encode(texts) for name, texts in passages.items()}
    stems = {name: [frozenset(content_stems(text)) for text in texts] for name, texts in passages.items()}
    claims = encoder.encode([j.claim.text for j in judgements])
    for judgement, vector in zip(judgements, claims, strict=True):
        name = judgement.case.id
        found["word overlap"].append(_overlap(judgement.claim.text, stems[name]))
        found["embedding cosine"].append(float(np.max(vectors[name] @ vector)))
        found["absent name or number"].append(-float(len(absent(judgement.claim.text, judgement.case))))
    return found


def baseline_calls(judgements: Sequence[Judgement], encoder: Encoder) -> dict[str, list[Call]]:
    """The calls of every baseline, by its name in the table."""
    alarmed = [bool(j.alarms) or j.verdict == "contradicted" for j in judgements]
    found = {}
    for name, values in likenesses(judgements, encoder).items():
        rows = [Scored(j, value, own) for j, value, own in zip(judgements, values, alarmed, strict=True)]
        if name.startswith("absent"):
            found[name] = left_out_calls(rows, lambda _: ABSENT_FROM)
        else:
            found[f"{name}, best F1"] = left_out_calls(rows, best_f1)
            found[f"{name}, as quiet as Headwater"] = left_out_calls(rows, as_quiet)
    return found


def left_out_calls(rows: Sequence[Scored], choose: Choice) -> list[Call]:
    """Judge each case by the threshold and the verdict that the other cases choose."""
    calls: dict[int, Call] = {}
    for case in {row.judgement.case.id for row in rows}:
        others = [row for row in rows if row.judgement.case.id != case]
        threshold = choose(others)
        verdict = _usual_verdict(others, threshold)
        for number, row in enumerate(rows):
            if row.judgement.case.id == case:
                warned = row.likeness < threshold
                calls[number] = Call(warned, verdict if warned else "supported", warned)
    return [calls[number] for number in range(len(rows))]


def best_f1(rows: Sequence[Scored]) -> float:
    """Return the threshold of the best F1 of warnings; the lowest of equals."""
    wanted = sum(is_wrong(row.judgement.claim) for row in rows)
    return max(_thresholds(rows), key=lambda step: (2 * step.met / (step.met + step.loud + wanted or 1), -step.at)).at


def as_quiet(rows: Sequence[Scored]) -> float:
    """Return the highest threshold with no more faithful claims warned of than Headwater raises an alarm on."""
    allowed = sum(row.alarmed for row in rows if is_faithful(row.judgement.claim))
    return max(step.at for step in _thresholds(rows) if step.loud <= allowed)


def absent(claim: str, case: Case) -> list[str]:
    """The capitalised words and the numbers of a claim that stand nowhere in the source."""
    numbers = {number.replace(",", "") for number in NUMBER.findall(case.source)}
    source = case.source.casefold()
    names = [word.removesuffix("’s").removesuffix("'s") for word in CAPITALISED.findall(claim)]
    return [n for n in NUMBER.findall(claim) if n.replace(",", "") not in numbers] + [
        word for word in names if word.casefold() not in source
    ]


def _overlap(claim: str, passages: Iterable[frozenset[str]]) -> float:
    own = frozenset(content_stems(claim))
    return max((len(own & passage) / len(own) for passage in passages), default=0.0) if own else 1.0


def _thresholds(rows: Sequence[Scored]) -> list[Step]:
    """Every threshold that parts the claims otherwise, lowest first: below all, between neighbours, above all."""
    ordered = sorted(rows, key=lambda row: row.likeness)
    steps, met, loud = [Step(ordered[0].likeness, 0, 0)], 0, 0
    for row, after in zip(ordered, [*ordered[1:], None], strict=True):
        met += is_wrong(row.judgement.claim)
        loud += is_faithful(row.judgement.claim)
        following = after.likeness if after else row.likeness + 1
        if following > row.likeness:
            steps.append(Step((row.likeness + following) / 2, met, loud))
    return steps


def _usual_verdict(rows: Sequence[Scored], threshold: float) -> str:
    labels = Counter(
        row.judgement.claim.verdict
        for row in rows
        if row.likeness < threshold and row.judgement.claim.verdict != "supported"
    )
    return labels.most_common(1)[0][0] if labels else "not_in_source"
