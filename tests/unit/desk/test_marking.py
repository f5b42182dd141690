from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.desk.marking import Block, Mark, edit_words, mark_block, split_blocks, spread
from headwater.domain.spans import Span

TEXT = "One two three four."
WHOLE = Block(0, TEXT)


def runs(*marks: Mark, block: Block = WHOLE) -> list[tuple[str, list[tuple[str, tuple[str, ...], str]]]]:
    return [(run.claim, [(p.text, p.findings, p.weight) for p in run.pieces]) for run in mark_block(block, marks)]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("\n \n", []),
        ("A heading\n\nOne paragraph.\r\n\r\nAnother.", ["A heading", "One paragraph.", "Another."]),
        ("- one\n- two", ["- one", "- two"]),
        ("lone \ud800 surrogate", ["lone \ud800 surrogate"]),
    ],
)
def test_a_text_is_cut_into_paragraphs(text: str, blocks: list[str]) -> None:
    assert [block.text for block in split_blocks(text)] == blocks


def test_wrapped_lines_are_one_paragraph_of_the_words_as_they_came_in() -> None:
    line = "This is a line of an official release that was wrapped by its\n"
    text = f"{line * 4}publisher.\n\nAnd another paragraph stands below."
    first, second = split_blocks(text)
    assert first.text == f"{line * 4}publisher."
    assert text[second.start :] == second.text


@given(st.text(max_size=200))
def test_blocks_are_slices_in_order_and_leave_out_no_word(text: str) -> None:
    blocks = split_blocks(text)
    assert all(block.span.slice(text) == block.text for block in blocks)
    assert all(a.span.end <= b.start for a, b in pairwise(blocks))


def test_words_of_claims_and_findings_are_marked() -> None:
    claim = Mark(Span(0, 13), "c1", None, "shifted")
    finding = Mark(Span(4, 7), "c1", 0, "high")
    assert runs(claim, finding) == [
        ("c1", [("One ", (), ""), ("two", ("c1-0",), "high"), (" three", (), "")]),
        ("", [(" four.", (), "")]),
    ]


def test_the_heaviest_finding_and_the_shortest_claim_have_the_words() -> None:
    marks = (
        Mark(Span(0, 19), "c1", None, "supported"),
        Mark(Span(4, 7), "c2", None, "contradicted"),
        Mark(Span(0, 19), "c1", 0, "agrees"),
        Mark(Span(4, 7), "c2", 0, "low"),
    )
    first, second, third = runs(*marks)
    assert [first[0], second[0], third[0]] == ["c1", "c2", "c1"]
    assert second[1] == [("two", ("c1-0", "c2-0"), "low")]


def test_marks_reach_over_the_ends_of_a_block() -> None:
    marks = (Mark(Span(0, 100), "c1", None, "supported"), Mark(Span(200, 210), "c2", None, "supported"))
    assert runs(*marks, block=Block(40, "inner words")) == [("c1", [("inner words", (), "")])]


@given(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25), st.sampled_from([None, 0, 1])), max_size=8))
def test_marking_changes_no_word(places: list[tuple[int, int, int | None]]) -> None:
    marks = [Mark(Span(min(a, b), max(a, b)), "c1", finding, "high") for a, b, finding in places]
    assert "".join(piece.text for run in mark_block(WHOLE, marks) for piece in run.pieces) == TEXT


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=9))
def test_spans_are_spread_over_the_blocks_that_they_share_words_with(places: list[tuple[int, int]]) -> None:
    blocks = [Block(start, "x" * 8) for start in (0, 10, 20, 35)]
    spans = [Span(start, start + length) for start, length in places]
    assert spread(blocks, spans) == [
        [place for place, span in enumerate(spans) if span.overlaps(block.span)] for block in blocks
    ]


def finding(start: int, end: int, official: str = "", **changes: object) -> dict[str, object]:
    said = {"text": official, "span": {"start": 0, "end": len(official)}} if official else None
    claimed = {"text": "", "span": {"start": start, "end": end}}
    return {"kind": "word_order", "severity": "low", "claimed": claimed, "official": said, **changes}


def test_edits_are_shown_where_they_stand() -> None:
    found = [
        ("c1-0", finding(118, 118, "!")),
        ("c1-1", finding(104, 107)),
        ("c1-2", finding(108, 113, "seven")),
    ]
    shown = edit_words(TEXT, 100, found)
    assert [(edit.kind, edit.text) for edit in shown] == [
        ("", "One "), ("insert", "two"), ("", " "), ("delete", "seven"), ("insert", "three"), ("", " four"),
        ("delete", "!"), ("", "."),
    ]  # fmt: skip
    assert (shown[1].finding, shown[1].says, shown[1].weight) == ("c1-1", "word order", "low")


def test_edits_elsewhere_and_overlapping_ones_are_passed_over() -> None:
    found = [("a", finding(0, 3)), ("b", finding(104, 113)), ("c", finding(106, 108)), ("d", finding(400, 401))]
    assert "".join(edit.text for edit in edit_words(TEXT, 100, found)) == TEXT
