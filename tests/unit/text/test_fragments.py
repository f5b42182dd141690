import pytest

from headwater.text.fragments import LONGEST, PageWords, TextFragment, fold_words

LONG = (
    "As part of this, he announced £75 million in additional funding for the UK's Border Security Command, which will "
    "boost state-of-the-art tech and see extra staff hired"
)


@pytest.mark.parametrize(
    ("blocks", "place", "expected"),
    [
        (["Nearly 9,400 people returned."], 0, TextFragment("Nearly 9,400 people returned.")),
        ([LONG], 0, TextFragment("As part of this, he", "and see extra staff hired")),
        # The first words stand twice: the start grows until it tells.
        (
            [LONG, LONG.replace("£75", "£80")],
            1,
            TextFragment("As part of this, he announced £80", "and see extra staff hired"),
        ),
        # The whole stands twice: what stands before tells.
        (["Two boats.", "None.", "Three boats.", "None."], 3, TextFragment("None.", prefix="Three boats.")),
        (["None.", "None.", "Three boats."], 1, TextFragment("None.", prefix="None.")),
        # The first of a page has nothing before it: what stands after tells.
        (["None.", "Three boats.", "None."], 0, TextFragment("None.", suffix="Three")),
        # A number that the browser may have counted itself is left out.
        (["1. Notes may differ."], 0, TextFragment("Notes may differ.")),
        (["(a) notes may differ."], 0, TextFragment("notes may differ.")),
        (["2024 was warm."], 0, TextFragment("2024 was warm.")),
        # Part of a word is no occurrence.
        (["3 boats", "13 boats"], 0, TextFragment("3 boats")),
        # Letter case and curly marks are all one to a browser.
        (["He said “NO” then", 'he said "no" then'], 1, TextFragment('he said "no" then', prefix="then")),
        (["same", "same"], 0, TextFragment("same", suffix="same")),
        ([""], 0, None),
        (["x" * (LONGEST + 1)], 0, None),
    ],
)
def test_fragments(blocks: list[str], place: int, expected: TextFragment | None) -> None:
    assert PageWords(blocks).find_fragment(place, place) == expected


def test_a_title_with_the_same_words_is_told_apart() -> None:
    page = PageWords(["Released today.", "New deals"], beside=["New deals"])
    assert page.find_fragment(1, 1) == TextFragment("New deals", prefix="today.")


def test_a_heading_stands_in_the_list_of_contents_too() -> None:
    page = PageWords(["Released today.", "About the figures"])
    assert page.find_fragment(1, 1, is_repeated=True) == TextFragment("About the figures", prefix="today.")


def test_a_row_begins_in_its_first_cell_and_ends_in_its_last() -> None:
    cells = ["Date", "Migrants", "Boats", "13 August", "0", "0", "14 August", "93", "1"]
    page = PageWords(cells)
    assert page.find_fragment(6, 8) == TextFragment("14 August", "1")
    assert page.find_fragment(3, 5) == TextFragment("13 August")  # a browser would stop at the first 0


def test_an_end_that_stands_earlier_too_is_left_out() -> None:
    costs = "will cost two million pounds a year"
    found = PageWords([f"In all the fund {costs}, as before, and next year it {costs}"]).find_fragment(0, 0)
    assert found is not None
    assert found.end == ""


@pytest.mark.parametrize(
    ("fragment", "encoded"),
    [
        (TextFragment("a-b, c & d"), "#:~:text=a%2Db%2C%20c%20%26%20d"),
        (TextFragment("one", "two", "before"), "#:~:text=before-,one,two"),
        (TextFragment("one", suffix="after"), "#:~:text=one,-after"),
        (TextFragment("£75 – so"), "#:~:text=%C2%A375%20%E2%80%93%20so"),
        (TextFragment("a#b/c?d=e+f%"), "#:~:text=a%23b%2Fc%3Fd%3De%2Bf%25"),
    ],
)
def test_encoding(fragment: TextFragment, encoded: str) -> None:
    assert fragment.encode() == encoded


def test_what_differs_to_a_browser_differs_folded() -> None:
    assert fold_words(["1–2"]) != fold_words(["1-2"])
