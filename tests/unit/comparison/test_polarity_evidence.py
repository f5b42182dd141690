from headwater.comparison.polarity import compare_polarity
from headwater.domain.facts import Annotated
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts

CLAIM = "Fees for overseas students have been fixed at zero."
OFFICIAL = (
    "The fees to be charged under the new order are not fixed at 0 as colleges must recover the cost of students."
)
OTHER = "Colleges teach students from many countries."


def annotate(text: str, passage_id: int | None = None) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text), 0, passage_id)


def test_less_is_asked_of_the_first_passage_only() -> None:
    first = compare_polarity(annotate(CLAIM), [annotate(OFFICIAL, 4), annotate(OTHER, 5)])
    assert [(f.rule, f.claimed.surface, f.passage_id) for f in first] == [("POL-NEGATION", "fixed", 4)]
    assert first[0].official is not None
    assert first[0].official.surface == "not fixed"
    assert compare_polarity(annotate(CLAIM), [annotate(OTHER, 5), annotate(OFFICIAL, 4)]) == ()


def test_what_the_passage_says_both_ways_is_left_unsaid() -> None:
    both = OFFICIAL + " Fees for evening classes are fixed at zero."
    assert compare_polarity(annotate(CLAIM), [annotate(both)]) == ()


def test_none_all_and_not_all() -> None:
    def surfaces(claimed: str, official: str) -> list[str]:
        return [f.claimed.surface for f in compare_polarity(annotate(claimed), [annotate(official)])]

    official = "The survey found that not all of the bridges are in need of urgent repair."
    assert surfaces("No bridges need urgent repair.", official) == ["No bridges"]
    assert surfaces("Every bridge is in need of urgent repair.", official) == ["Every bridge"]
    assert surfaces("Almost all bridges need urgent repair.", official) == []
    assert surfaces("No bridges have lights for cyclists.", official) == []
