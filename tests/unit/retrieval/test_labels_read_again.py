from __future__ import annotations

from collections import Counter

from tests.gate.cases import CASES, read_cases
from tests.gate.gold import read_lines

ROWS = read_lines(CASES / "dev_passages.jsonl")


def test_every_row_names_a_claim_once() -> None:
    claims = {(case.id, claim.id) for case in read_cases("dev") for claim in case.claims}
    named = Counter((row["case"], row["claim"]) for row in ROWS)
    assert claims >= named.keys()
    assert set(named.values()) == {1}


def test_what_is_struck_was_quoted_from_the_source() -> None:  # which may be cut before a passage that is added
    sources = {case.id: "".join(case.source.split()) for case in read_cases("dev")}
    for row in ROWS:
        assert not {*row["added"]} & {*row["struck"]}
        for passage in row["struck"]:
            assert "".join(passage.removesuffix("…").split()) in sources[row["case"]]


def test_as_many_hits_as_misses_were_read() -> None:
    read = Counter(row["read"] for row in ROWS)
    assert read["miss"] == read["hit"] > 0
