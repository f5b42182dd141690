import pytest

from headwater.extraction.modality import extract_modalities, read_predicates
from headwater.extraction.verbs import is_participle, is_past, verb_base


def governed(text: str) -> list[tuple[str, str]]:
    return [(predicate.word, predicate.cue.name) for predicate in read_predicates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister will sign the treaty.", [("sign", "will")]),
        ("The minister is about to sign the treaty.", [("sign", "will")]),
        ("The minister has not yet signed the treaty.", [("signed", "done")]),
        ("They won't sign it.", [("sign", "will")]),
        ("We’ll publish it soon.", [("publish", "will")]),
        ("Employers will have to pay.", [("pay", "must")]),
        ("It may have been signed.", [("signed", "may")]),
        ("The rules were adopted in May 2023.", [("adopted", "done")]),
        ("The aim is to cut waste.", [("cut", "aimed")]),
        ("Ministers are considering a ban on vapes.", [("ban", "considered")]),
        ("She will chair a meeting and stress the need.", [("chair", "will"), ("stress", "will")]),
        ("He will clamp down on crime by signing a deal.", [("clamp", "will"), ("signing", "will")]),
        ("organised crime", []),
        ("The shires covered include Exmouth.", []),
        ("The board decided to raise the rate.", [("raise", "done")]),
        ("The board decided to build a bridge.", [("build", "agreed")]),
        ("The rules have since been applied.", [("applied", "done")]),
        ("Families can expect to pay.", [("pay", "will")]),
        ("The will of the people", []),
        ("An increase in May", []),
        ("", []),
    ],
)
def test_what_governs_each_verb(text: str, expected: list[tuple[str, str]]) -> None:
    assert governed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will be a key step.", [("key", "key")]),
        ("The plan may be dropped.", [("may", "may")]),
        ("It could rise, and must not fall.", [("could", "could"), ("must", "must")]),
    ],
)
def test_cues_are_exact_slices(text: str, expected: list[tuple[str, str]]) -> None:
    found = extract_modalities(text)
    assert [(m.surface, m.cue) for m in found] == expected
    assert all(m.span.slice(text) == m.surface for m in found)


def test_a_negation_between_cue_and_verb_is_kept() -> None:
    (modality,) = extract_modalities("They must not leave.")
    assert modality.negated


@pytest.mark.parametrize(
    ("word", "base"), [("signed", "sign"), ("gave", "give"), ("rising", "rise"), ("met", "meet"), ("laws", "law")]
)
def test_verbs_are_bound_by_their_base(word: str, base: str) -> None:
    assert verb_base(word) == verb_base(base)


def test_forms() -> None:
    assert is_past("agreed")
    assert not is_past("need")
    assert is_participle("given")
    assert not is_participle("gave")
