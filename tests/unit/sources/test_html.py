import pytest

from corpus_factories import FIXTURES, real_fields
from headwater.domain.documents import DocumentRecord
from headwater.sources.files import read_file
from headwater.sources.html import declared_encoding, read_html
from headwater.sources.html_text import PageText, join_texts

PAGE = """<!DOCTYPE html><html lang="en-GB"><head>
<title>New deals - GOV.UK</title>
<link rel="canonical" href="https://www.gov.uk/government/news/new-deals">
<meta property="og:title" content="New deals">
<meta property="og:site_name" content="GOV.UK">
<meta name="govuk:first-published-at" content="2024-11-07T10:30:00+00:00">
<meta name="govuk:public-updated-at" content="2024-11-08T09:00:00+00:00">
<meta name="govuk:primary-publishing-organisation" content="Home Office">
<script type="application/ld+json">
{"@graph": [{"datePublished": "2020-01-01", "publisher": {"name": "Other"}}]}</script>
</head><body>
<div class="gem-c-cookie-banner">We use cookies</div>
<header><nav>Home</nav></header>
<main role="main"><h1>New  deals
 to smash the gangs</h1>
<nav class="breadcrumbs">Home &gt; News</nav>
<div class="govspeak">
 <p>The <b>government</b> has
   returned 9,400&nbsp;people<sup id="a"><a href="#1">[1]</a></sup> over 10<sup>6</sup> km.</p>
 <h2>Quotes</h2>
 <p>Home Secretary said:</p>
 <blockquote><p>We will act.</p><p>We will go on.</p></blockquote>
 <ul><li>one</li><li><p>two</p><ul><li>inner</li></ul></li></ul>
 <table><thead><tr><th>Year</th><th>Boats</th></tr></thead><tbody><tr><td>2023</td><td>84</td></tr></tbody></table>
 <p>Line<br>broken</p>
 <script>var x = "<p>no</p>";</script><p hidden>no</p><p aria-hidden="true">no</p>
</div>
<div class="gem-c-related-navigation">Related content</div>
</main>
<footer><a rel="license" href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">OGL</a></footer>
</body></html>"""


def test_a_page_of_gov_uk() -> None:
    fields = read_html(PAGE)
    assert fields["text"].split("\n\n") == [
        "The government has returned 9,400\u00a0people over 106 km.",
        "Quotes",
        "Home Secretary said:",
        "We will act.",
        "We will go on.\n- one\n- two\n- inner",
        "Year | Boats\n2023 | 84",
        "Line\nbroken",
    ]
    assert fields["blockquotes"] == ["We will act.\n\nWe will go on."]
    assert fields["title"] == "New deals to smash the gangs"
    assert fields["url"] == "https://www.gov.uk/government/news/new-deals"
    assert fields["publisher"] == "Home Office"
    assert fields["language"] == "en-GB"
    assert fields["licence"] == "OGL-UK-3.0"
    assert (fields["first_published_at"], fields["updated_at"]) == (
        "2024-11-07T10:30:00+00:00",
        "2024-11-08T09:00:00+00:00",
    )


def test_structured_dates_and_publishers_stand_in() -> None:
    fields = read_html(
        '<script type="application/ld+json">[{"@type": "x"}, {"datePublished": "2020-01-01", "dateModified": '
        '"2020-02-01", "publisher": "ONS"}]</script><article><h1>CPI</h1><p>It rose.</p></article><p>Elsewhere</p>'
    )
    assert fields["first_published_at"] == "2020-01-01"
    assert fields["updated_at"] == "2020-02-01"
    assert fields["publisher"] == "ONS"
    assert fields["text"] == "CPI\n\nIt rose."


def test_several_parts_are_read_in_order() -> None:
    fields = read_html('<main><div class="govspeak"><p>One.</p></div><div class="govspeak"><p>Two.</p></div></main>')
    assert fields["text"] == "One.\n\nTwo."


@pytest.mark.parametrize(
    "page",
    ["", "<", "no tags", "<p>", "\0", "<script>", "<div>" * 3_000 + "x", "<html><head>", "<table><tr><td>" * 300],
)
def test_odd_pages_are_read(page: str) -> None:
    assert isinstance(read_html(page), dict)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="windows-1252">', "windows-1252"),
        (b"<META charset=utf-8>", "utf-8"),
        (b"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>", "iso-8859-1"),
        (b"<p>none</p>", None),
        (b'<meta charset="">', None),
    ],
)
def test_declared_encodings(head: bytes, encoding: str | None) -> None:
    assert declared_encoding(head) == encoding


@pytest.mark.parametrize("day", ["2022-07-17", "2026-08-20"])
def test_a_real_page_reads_as_the_corpus_has_it(day: str) -> None:
    (record,) = read_file(FIXTURES / "publishers" / "pages" / f"govuk_small-boats_{day}.html.xz")
    assert isinstance(record, DocumentRecord)
    fields = next(
        fields for fields in real_fields("uk_government/govuk_small_boats_versions") if fields["snapshot"] == day
    )
    assert record.text == fields["text"]
    assert (record.url, record.title, record.publisher) == (fields["url"], fields["title"], fields["publisher"])
    assert record.first_published is not None
    assert record.first_published.isoformat(timespec="seconds") == fields["first_published_at"].replace(".000", "")
    assert (record.licence, record.language) == ("OGL-UK-3.0", "en")


def test_a_page_without_particulars_still_has_its_words() -> None:
    (record,) = read_file(FIXTURES / "publishers" / "pages" / "eu_parliament_press-release_20221014IPR43206.html.xz")
    assert isinstance(record, DocumentRecord)
    assert record.title == "Car-recharging stations should be available every 60 km, say MEPs"
    assert "The new rules are part of the “Fit for 55 in 2030 package”" in record.text
    assert "cookie" not in record.text.lower()


@pytest.mark.parametrize(
    ("body", "text", "before"),
    [
        ("<p>Nine ports<sup><a href='#1'>1</a></sup> and more.</p>", "Nine ports and more.", ["Nine ports"]),
        ("<p>Nine ports <sup>[1]</sup> and more.</p>", "Nine ports and more.", ["Nine ports "]),
        ("<p>  First. </p><ul><li>An item.<sup>[2]</sup> </li></ul>", "First.\n- An item.", ["First.\n- An item."]),
        ("<p>One<sup>[1]</sup><br>two<sup>[2]</sup></p>", "One\ntwo", ["One", "One\ntwo"]),
        ("<p>Ten m<sup>2</sup> of quay.</p>", "Ten m2 of quay.", []),
        ("<p>A \ufdd0 in the page.</p>", "A in the page.", []),
    ],
)
def test_where_marks_of_footnotes_stood(body: str, text: str, before: list[str]) -> None:
    fields = read_html(f"<html><body><main>{body}</main></body></html>")
    assert fields["text"] == text
    assert [text[:mark] for mark in fields.get("note_marks", [])] == before


def test_marks_are_counted_through_the_parts_of_a_document() -> None:
    joined = join_texts([PageText("One two.", [], [3]), PageText(), PageText("Three four.", ["q"], [5])])
    assert (joined.text, joined.quotes) == ("One two.\n\nThree four.", ["q"])
    assert [joined.text[:mark] for mark in joined.marks] == ["One", "One two.\n\nThree"]
