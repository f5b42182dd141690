import pytest

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.word_alignment import face, stands_elsewhere
from headwater.domain.spans import Span
from unit.comparison.reading import read


def laid(claim, official):
    (faced,) = face(claim, official)
    return faced


def gaps(claim, official):
    faced = laid(claim, official)
    ours, theirs = faced.ours.words, faced.theirs.words
    return [
        (" ".join(ours[at].text for at in gap.ours), " ".join(theirs[at].text for at in gap.theirs))
        for gap in faced.gaps()
    ]


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        (
            "The council will stop funding the ferry.",
            "The council will continue funding the ferry.",
            [("stop", "continue")],
        ),
        ("The museum opens in June.", "The museum opens in June.", []),
        ("All ferries run in May.", "Some ferries run in May.", [("all", "")]),
        ("The ferry was repaired.", "The old ferry was repaired.", [("", "old")]),
    ],
)
def test_what_is_not_the_same_stands_in_gaps(claim, official, expected):
    assert [gap for gap in gaps(claim, official) if any(gap)] == expected


def test_words_in_another_order_are_matched_and_in_no_gap():
    faced = laid("In Leeds the council repaired the ferry.", "The council repaired the ferry in Leeds.")
    assert faced.coverage == 1.0
    assert {faced.ours.words[at].text for at in faced.matched} >= {"leeds", "council", "repaired", "ferry"}


def test_who_reports_a_sentence_is_no_part_of_what_it_says():
    told = laid(
        "The ferry will be repaired in Leeds, the transport minister Ada Obi said.",
        "The ferry will be repaired in Leeds.",
    )
    assert told.coverage == 1.0


def test_a_sentence_that_holds_less_than_half_is_not_laid_beside():
    assert face("The ferry will be repaired in Leeds.", "Leeds has many shops and a large market.") == ()


@pytest.mark.parametrize("text", ["", "The", "1 2 3", "? ! .", "the of and " * 200, "ferry " * 500])
def test_any_text_is_laid_beside_any(text):
    for faced in (*face(text, text), *face(text, "The ferry will be repaired."), *face("The ferry sank.", text)):
        assert 0.0 <= faced.coverage <= 1.0
        list(faced.gaps())


def test_a_difference_from_one_sentence_is_none_where_another_has_the_claim_itself():
    said = "The team will conduct visits to each home to speak with nurses."
    official = read(
        f"The proposed study consists of visits by staff to conduct interviews. Then, {said[0].lower()}{said[1:]}"
    )
    claim = read(said)
    at = official.text.index("proposed")
    one = Cued("will", False, False, Span(said.index("will"), said.index(" visits")))
    shift = modality_finding("status_up", claim, one, (official, Cued("proposed", False, False, Span(at, at + 8))))
    assert stands_elsewhere(claim, [official], shift)
    there = official.text.index("will")
    same = modality_finding("status_up", claim, one, (official, Cued("proposed", False, False, Span(there, there + 4))))
    assert not stands_elsewhere(claim, [official], same)
