import pytest

from factories import make_hostile_report, make_report
from headwater.api import pages
from headwater.api.pages import Form, render_report, safe_link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://www.gov.uk/a", "https://www.gov.uk/a"),
        ("http://example.org/", "http://example.org/"),
        ("javascript:alert(1)", ""),
        (" https://x", ""),
        ("JAVASCRIPT:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//evil.example", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_links(address: str, link: str) -> None:
    assert safe_link(address) == link


def test_what_is_escaped_is_escaped_once() -> None:
    page = render_report(Form(), make_report())
    assert "&amp;lt;" not in page
    assert "&amp;#34;" not in page


def test_a_page_can_be_encoded_whatever_it_shows() -> None:
    assert b"lone \xef\xbf\xbd surrogate" in render_report(Form(text="\ud800"), make_hostile_report()).encode()


def test_a_long_report_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_CLAIMS_SHOWN", 2)
    page = render_report(Form(), make_report())
    assert page.count("<article") == 2
    assert "The first 2 claims are shown." in page
