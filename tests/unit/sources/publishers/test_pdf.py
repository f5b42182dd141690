import re
from collections import Counter
from datetime import UTC, datetime

import pypdfium2
import pytest

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import UnreadableRecordError
from headwater.sources.fetching.contract import Fetched
from headwater.sources.publishers.pdf import PdfText, page_at, read_pdf
from headwater.sources.publishers.web_pages import read_page
from headwater.sources.records import RecordFaultError
from publisher_server import payload

URL = "https://assets.publishing.service.gov.uk/media/1/response.pdf"
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# Passages checked by hand: the page as the browser counts, and a paragraph that it begins or holds.
PASSAGES = [
    (6, "I express my thanks to Baroness Hallett’s Inquiry and her comprehensive Module 1 report, which focused on "
        "resilience and preparedness, and made a series of important findings and recommendations for the UK and "
        "devolved governments."),
    (6, "● established a single Cabinet committee for resilience to ensure clear Ministerial oversight;"),
    (7, "We will continue to review the UK’s resilience and monitor the implementation of the commitments made in this "
        "response."),
    (8, "On 18 July 2024, the Inquiry published its Module 1 report which examined the resilience and preparedness of "
        "the UK at the time that the Covid-19 pandemic began in early 2020."),
]  # fmt: skip


@pytest.fixture(scope="module")
def response() -> PdfText:
    return read_pdf(payload("pdf/UK-Covid-19_Inquiry_Module_1_Response.pdf"))


@pytest.mark.parametrize(("page", "paragraph"), PASSAGES)
def test_paragraphs_on_their_pages(response: PdfText, page: int, paragraph: str) -> None:
    assert paragraph in response.text.split("\n\n")
    assert page_at(response.page_starts, response.text.index(paragraph)) == page


def test_no_running_head_no_page_number_no_mark_of_a_parted_word(response: PdfText) -> None:
    parts = response.text.split("\n\n")
    assert not any(part.isdigit() for part in parts)
    assert "\ufffe" not in response.text and "\u00ad" not in response.text
    assert not re.search(r"\.{4,}", response.text)  # leaders of the table of contents
    assert "\r" not in response.text
    assert max(Counter(parts).values()) <= 3


def test_every_figure_of_every_page_is_kept(response: PdfText) -> None:
    document = pypdfium2.PdfDocument(payload("pdf/UK-Covid-19_Inquiry_Module_1_Response.pdf"))
    lost: Counter[str] = Counter()
    ends = [*response.page_starts[1:], len(response.text)]
    for number, (start, end) in enumerate(zip(response.page_starts, ends, strict=True)):
        raw = document[number].get_textpage().get_text_range().replace("\r\n", " ").replace("\ufffe", "")
        raw = re.sub(r"[.…]{4,}\s*\d+", "", raw)
        lost += Counter(FIGURE.findall(raw)) - Counter(FIGURE.findall(response.text[start:end]))
    document.close()
    # What is left out is each page's own number, once, on all but the cover.
    assert set(lost) == {str(number) for number in range(1, 40)}
    assert set(lost.values()) == {1}


def test_what_a_pdf_says_of_itself(response: PdfText) -> None:
    assert len(response.page_starts) == 40
    assert list(response.page_starts) == sorted(response.page_starts)
    assert response.created == datetime(2025, 1, 15, 11, 17, 2, tzinfo=UTC)
    assert response.licence == "OGL-UK-3.0"
    assert (page_at(response.page_starts, 0), page_at(response.page_starts, 10**9)) == (1, 40)


def test_the_record_of_a_pdf(response: PdfText) -> None:
    raw = payload("pdf/UK-Covid-19_Inquiry_Module_1_Response.pdf")
    known = DocumentRecord("Cabinet Office", "policy_paper", URL, "Response to Module 1", "")
    record = read_page(Fetched(URL, 200, {"content-type": "application/pdf"}, raw, "", ""), known)
    assert record is not None
    assert (record.title, record.publisher, record.url) == ("Response to Module 1", "Cabinet Office", URL)
    assert record.provenance.page_starts == response.page_starts
    assert record.text == response.text
    assert record.licence == "OGL-UK-3.0"


@pytest.mark.parametrize(
    "raw", [b"", b"%PDF-1.7 nothing", payload("pdf/UK-Covid-19_Inquiry_Module_1_Response.pdf")[:5000]]
)
def test_damaged_files(raw: bytes) -> None:
    with pytest.raises(RecordFaultError, match="cannot be opened"):
        read_pdf(raw)


def test_a_damaged_file_is_named() -> None:
    with pytest.raises(UnreadableRecordError, match=re.escape(URL)):
        read_page(Fetched(URL, 200, {}, b"%PDF-1.7 nothing", "", ""), DocumentRecord("", "", URL, "", ""))
