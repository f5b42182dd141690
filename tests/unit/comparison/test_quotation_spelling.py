# Spellings of one word, forms of one stem, contractions.
import pytest

from headwater.comparison.quotation_spelling import expansions, is_inflection, is_spelling_variant

SAME = ["organise organize", "organisations organizations", "analysed analyzed", "colour color", "neighbours neighbors",
        "centre center", "theatres theaters", "programme program", "travelling traveling", "defence defense",
        "labour labor", "licence license", "whilst while", "towards toward", "learnt learned", "judgement judgment",
        "paediatric pediatric", "cheque check", "ageing aging", "manoeuvres maneuvers", "skilful skillful",
        "catalogue catalog", "grey gray", "sceptical skeptical", "honouring honoring"]  # fmt: skip
OTHER = ["four for", "hour horn", "prize prices", "filling filing", "tonne ton", "metre matter", "rise raise",
         "four fours", "centre centres", "practice practices", "principal principle", "affect effect"]  # fmt: skip


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_word(pair: str) -> None:
    ours, theirs = pair.split()
    assert is_spelling_variant(ours, theirs)
    assert is_spelling_variant(theirs, ours)


@pytest.mark.parametrize("pair", OTHER)
def test_other_words(pair: str) -> None:
    assert not is_spelling_variant(*pair.split())


@pytest.mark.parametrize("pair", ["network networks", "cooperate cooperation", "taken taking", "support supported"])
def test_forms_of_one_stem(pair: str) -> None:
    assert is_inflection(*pair.split())


@pytest.mark.parametrize("pair", ["national economic", "car care", "tax taxi", "bus busy"])
def test_words_of_other_stems(pair: str) -> None:
    assert not is_inflection(*pair.split())


def test_contractions() -> None:
    assert ("do", "not") in expansions("don't")
    assert ("will", "not") in expansions("won't")
    assert ("it", "has") in expansions("it's")
    assert expansions("bridge") == ()
