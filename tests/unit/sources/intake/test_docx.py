"""What is read of a Word document: words in order, with all changes accepted."""

import pytest

from file_factories import WORD, make_docx, paragraph
from headwater.sources.intake.docx import read_docx
from headwater.sources.intake.errors import FileTooLargeError

NOTES = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator" w:id="-1">{paragraph("----")}</w:footnote>' + (
    f'<w:footnote w:id="1">{paragraph("Source: ONS.")}</w:footnote></w:footnotes>'
)
CORE = (
    '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>New  deals</dc:title>'
    "<dc:creator>A</dc:creator></c:coreProperties>"
)
BULLET = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"


def cell(*words: str) -> str:
    return f"<w:tc>{''.join(paragraph(one) for one in words)}</w:tc>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (paragraph("The fund ", "is £75 ", "million."), "The fund is £75 million."),
        (paragraph("One.") + paragraph("") + paragraph("Two."), "One.\n\nTwo."),
        ("<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t></w:r></w:p>", "One\ntwo"),
        ("<w:p><w:r><w:t>One</w:t><w:br w:type='page'/><w:t>two</w:t></w:r></w:p>", "One two"),
        ("<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r></w:p>", "One two"),
        ("<w:p><w:r><w:t>six</w:t><w:noBreakHyphen/><w:t>week</w:t></w:r></w:p>", "six-week"),
        ("<w:p><w:ins><w:r><w:t>New</w:t></w:r></w:ins><w:del><w:r><w:delText>Old</w:delText></w:r></w:del></w:p>",
         "New"),
        ("<w:p><w:moveFrom><w:r><w:t>Here</w:t></w:r></w:moveFrom><w:r><w:t>There</w:t></w:r></w:p>", "There"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Words</w:t></w:r></w:p>", "Words"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r><w:r><w:t>Shown</w:t></w:r></w:p>", "Shown"),
        ("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>Shown</w:t></w:r></w:p>", "Shown"),
        ("<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Shown</w:t></w:r></w:p>", "Shown"),
        (paragraph("One", properties=BULLET) + paragraph("Two", properties=BULLET), "- One\n- Two"),
        (paragraph("One", properties="<w:pStyle w:val='ListBullet'/>"), "- One"),
        (paragraph("Title", properties="<w:pStyle w:val='Heading1'/>" + BULLET) + paragraph("Words."),
         "Title\n\nWords."),
        (f"<w:tbl><w:tr>{cell('Year')}{cell('People')}</w:tr><w:tr>{cell('2024')}{cell('9,400')}</w:tr></w:tbl>",
         "Year | People\n2024 | 9,400"),
        (f"<w:tbl><w:tr>{cell('a', 'b')}</w:tr></w:tbl>", "a b"),
        (f"<w:tbl><w:tr><w:tc><w:tbl><w:tr>{cell('in')}{cell('side')}</w:tr></w:tbl></w:tc>{cell('out')}</w:tr>"
         "</w:tbl>",
         "in | side | out"),
        (f"<w:p><w:r><w:t>Around</w:t><w:txbxContent>{paragraph('Boxed')}</w:txbxContent></w:r></w:p>",
         "Boxed\n\nAround"),
        (f"<w:p><w:r><w:Fallback>{paragraph('Twice')}</w:Fallback><w:t>Once</w:t></w:r></w:p>", "Once"),
        (paragraph("M&amp;S &lt;b&gt;"), "M&S <b>"),
    ],
)  # fmt: skip
def test_words_are_read_in_order(inner: str, text: str) -> None:
    assert read_docx(make_docx(inner=inner)).text == text


def test_notes_follow_and_the_title_is_known() -> None:
    found = read_docx(make_docx("The fund.", word__footnotes=NOTES, docProps__core=CORE))
    assert (found.text, found.title) == ("The fund.\n\nSource: ONS.", "New deals")


def test_the_main_part_is_found_where_the_package_says() -> None:
    assert read_docx(make_docx("The fund.", main="word/document2.xml")).text == "The fund."


def test_the_strict_form_is_read_too() -> None:
    from file_factories import make_zip, word_body

    strict = word_body(paragraph("The fund.")).replace(WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_docx(make_zip({"word/document.xml": strict})).text == "The fund."


def test_more_elements_than_a_document_has_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.sources.intake.docx.MOST_ELEMENTS", 100)
    with pytest.raises(FileTooLargeError, match="more than 100 elements"):
        read_docx(make_docx(*["words"] * 100), "a.docx")
