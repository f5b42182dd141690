import pytest

from headwater.domain.repairs import RepairKind
from headwater.domain.spans import Span
from headwater.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("Clean text, as it is: £5 – “so”…", "Clean text, as it is: £5 – “so”…"),
        ("a\r\nb\rc\x85d\u2028e\u2029f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("100\u00a0000 and 5\u202fkm\u3000on\u2009it", "100 000 and 5 km on it"),
        ("two  blanks\tand \n  more\n\n\n\nend ", "two blanks and\n\nmore\n\nend"),
        ("９,４００ ｐｅｏｐｌｅ（ＵＫ） ￡７５", "9,400 people(UK) £75"),
        ("\U0001d7d7,\U0001d7d2𝟘𝟘", "9,400"),
        ("ze\u0301ro de\u0301ja\u0300", "zéro déjà"),
        ("한국", "한국"),
        ("ﬁnancial ﬂow oﬃce", "financial flow office"),
        ("100\u200b,000 mi\u00adgrants \ufeffhere", "100,000 migrants here"),
        ("exam\u00ad\nple and exam\ufffe\r\nple", "example and example"),
        ("نامه‌ای क्‍ष x\u200dy 👩\u200d💻", "نامه‌ای क्‍ष xy 👩\u200d💻"),
        ("a\x00b\x1fc\x7f", "ab c"),
        ("it\x92s \x93so\x94 \x80\x35", "it’s “so” €5"),
        ("\ud83d\ude00 \ud800 \udce9t\udce9", "😀 \ufffd été"),
        ("x\u202e12\u202c", "x12"),
    ],
)
def test_what_is_made_uniform(text: str, working: str) -> None:
    normalised = normalise(text)
    assert normalised.text == working
    assert normalised.mapped.original == text
    assert normalise(working).text == working


@pytest.mark.parametrize(
    ("text", "kind", "span", "repaired"),
    [
        ("an extra ÂŁ75 million", RepairKind.MOJIBAKE, Span(9, 11), "£"),
        ("it\x92s", RepairKind.MOJIBAKE, Span(2, 3), "’"),
        ("100\u200b,000 \u200bmigrants", RepairKind.INVISIBLE, Span(3, 4), ""),  # before a word: not worth a line
        ("9\u2060400", RepairKind.INVISIBLE, Span(1, 2), ""),
        ("mi\u00adgrants", RepairKind.INVISIBLE, Span(2, 3), ""),
        ("NUL\x00\x00s", RepairKind.CONTROL, Span(3, 5), ""),
        ("lone \ud800", RepairKind.CONTROL, Span(5, 6), "\ufffd"),
        ("byte \udca35", RepairKind.STRAY_BYTES, Span(5, 6), "£"),
    ],
)
def test_what_is_reported(text: str, kind: RepairKind, span: Span, repaired: str) -> None:
    (repair,) = normalise(text).repairs
    assert (repair.kind, repair.span, repair.repaired) == (kind, span, repaired)
    assert repair.surface == span.slice(text)


@pytest.mark.parametrize("text", ["a\u00a0b", "a\r\nb", "\ufeffa", "１２", "ﬁn", "e\u0301", "a \u200b b", "😀\ufe0f"])
def test_what_is_not_worth_a_report(text: str) -> None:
    assert normalise(text).repairs == ()


def test_clean_text_is_not_copied() -> None:
    text = "The Home Secretary said: “We act.”\n\nIt cost £75 million – or more."
    normalised = normalise(text)
    assert normalised.text is text
    assert tuple(normalised.mapped.starts) == tuple(range(len(text)))


def test_spans_point_into_the_original() -> None:
    text = "He announced an\u00a0extra\r\nÂŁ75\u200b  million,\u00ad in cafe\u0301s."
    mapped = normalise(text).mapped
    for word, surface in (("£75", "ÂŁ75"), ("million", "million"), ("cafés", "cafe\u0301s"), ("75 m", "75\u200b  m")):
        start = mapped.text.index(word)
        assert mapped.surface(Span(start, start + len(word))) == surface


def test_joined_lines_map_to_the_break() -> None:
    text = "The Prime Minister will announce the new agreements with  \r\nall the partners in Budapest."
    mapped = normalise(text).mapped
    start = mapped.text.index("with all")
    assert mapped.surface(Span(start, start + 8)) == "with  \r\nall"


def test_a_letter_with_a_thousand_marks_is_left_alone() -> None:
    text = "a" + "\u0301\u0316" * 500
    assert normalise(text).text == text
