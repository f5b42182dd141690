# Words of a quotation set against official words.
from headwater.comparison.quotation_alignment import Bounds, Step, align_words


def steps(claimed: str, official: str, bounds: Bounds | None = None) -> list[tuple[str, str, str]]:
    ours, theirs = claimed.split(), official.split()
    pairings = align_words(ours, theirs, bounds) if bounds else align_words(ours, theirs)
    return [
        (p.step.value, " ".join(ours[slice(*p.claimed)]), " ".join(theirs[slice(*p.official)]))
        for p in pairings
        if p.step is not Step.SAME
    ]


def test_equal_words_are_the_same() -> None:
    assert steps("the bridge opens in may", "we said the bridge opens in may this year") == []


def test_nothing_shared_is_nothing_aligned() -> None:
    assert align_words(["alpha", "beta"], ["gamma", "delta"]) == []


def test_a_quotation_is_covered_from_first_word_to_last() -> None:
    ours = ["before", "the", "bridge", "opens", "in", "june", "after"]
    pairings = align_words(ours, ["the", "bridge", "opens", "in", "may"])
    covered = [at for p in pairings for at in range(*p.claimed)]
    assert covered == list(range(len(ours)))


def test_joined_and_expanded_words() -> None:
    assert steps("our co operation works", "our cooperation works") == [("joined", "co operation", "cooperation")]
    assert steps("we don't act here", "we do not act here") == [("expanded", "don't", "do not")]


def test_a_word_beyond_a_sentence_is_not_read_as_replaced() -> None:
    official = "the bridge opens soon boats sail"
    assert steps("the bridge opens soon indeed", official, Bounds(walls=frozenset({4}))) == [("inserted", "indeed", "")]


def test_jumps_are_free_at_a_mark_of_omission() -> None:
    official = "we will open " + "word " * 60 + "the bridge in may"
    found = steps("we will open the bridge in may", official, Bounds(breaks=frozenset({3})))
    assert [step for step, _, _ in found] == ["deleted"]


def test_many_equal_words_are_aligned_all_the_same() -> None:
    pairings = align_words(["the"] * 400, ["the"] * 4000)
    assert all(p.claimed[1] <= 400 and p.official[1] <= 4000 for p in pairings)
