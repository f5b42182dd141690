from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.corpus.passages import slice_passages
from headwater.text.normalise import normalise

PARTS = st.sampled_from(
    ["The Minister said:", "“We act.", "We go on.”", "- item", "1. first", "a | b", "Notes", "SUMMARY:", "x" * 500,
     "It rose by 3%. It fell. " * 30, "\n", "\n\n", "\r\n", " ", "\t", "\u00a0", "\u200b", "ÂŁ75", "\ufeff", "‘", '"',
     "To ask ", "\u2028", "é", "e\u0301", "…", "👨‍👩‍👧", "قال الوزير:", ",", ".", ":", "—", "\0", "\ud800"]
)  # fmt: skip
TEXTS = st.lists(PARTS | st.text(max_size=20), max_size=25).map("".join)
BULLETS = set("-*•‣▪◦–—●○■")


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=2))
def test_every_passage_is_an_exact_slice_and_nothing_is_lost(text: str, block_quotes: list[str]) -> None:
    end, between = 0, []
    for cut in slice_passages(text, block_quotes=block_quotes):
        assert cut.span.start >= end
        assert cut.span.slice(text) == cut.text
        assert cut.text.strip()
        between.append(text[end : cut.span.start])
        end = cut.span.end
    between.append(text[end:])
    # What lies between two passages is a bullet, or nothing that working text keeps.
    for gap in between:
        assert set(normalise(gap).text) - set(" \n") <= BULLETS
