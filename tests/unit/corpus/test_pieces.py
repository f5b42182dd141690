import pytest

from headwater.corpus.pieces import LONGEST_PIECE, LONGEST_SENTENCE, cut_paragraph

SENTENCE = "The government has returned 9,400 people with no right to be in the country since July. "


@pytest.mark.parametrize("count", [1, 4, 5, 6, 11, 40])
def test_pieces_hold_all_words_and_end_with_sentences(count: int) -> None:
    paragraph = (SENTENCE * count).strip()
    pieces = [span.slice(paragraph) for span in cut_paragraph(paragraph)]
    assert " ".join(pieces) == paragraph
    assert all(len(piece) <= LONGEST_PIECE and piece.endswith(".") for piece in pieces)
    assert len(pieces) <= len(paragraph) // 250 + 1


def test_a_sentence_too_long_for_an_encoder_is_cut_at_a_clause() -> None:
    paragraph = "The measures are: " + "; ".join(f"the measure of the schedule numbered {n}" for n in range(80)) + "."
    pieces = [span.slice(paragraph) for span in cut_paragraph(paragraph)]
    assert " ".join(pieces) == paragraph
    assert all(len(piece) <= LONGEST_SENTENCE for piece in pieces)
    assert all(piece.endswith((";", ".")) for piece in pieces)


@pytest.mark.parametrize("paragraph", ["x" * 5_000, "x " * 3_000, "é" * 901])
def test_text_without_sentences_is_cut_all_the_same(paragraph: str) -> None:
    pieces = [span.slice(paragraph) for span in cut_paragraph(paragraph)]
    assert "".join(pieces).replace(" ", "") == paragraph.replace(" ", "")
    assert all(len(piece) <= LONGEST_SENTENCE for piece in pieces)
