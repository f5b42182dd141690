import tomllib
from importlib.resources import files

import pytest

from headwater.extraction.names_offices import extract_offices

TABLE = tomllib.loads((files("headwater.extraction") / "names_offices.toml").read_text("utf-8"))
FORMS = [
    *TABLE["sole"],
    *(form.title() for form in TABLE["sole"] if "'" not in form),
    *TABLE["letters"],
    *(word.capitalize() for word in TABLE["single"]),
    *(f"{head} for {field}" for head in TABLE["heads"] for field in TABLE["fields"][:3]),
    *(f"{field} {noun}" for field in TABLE["fields"][:5] for noun in ("secretary", "Minister")),
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_looked_for(form: str) -> None:
    text = f"Yesterday the {form} spoke."
    assert [span.slice(text) for span, _ in extract_offices(text)] == [form]


def test_a_text_without_a_word_of_an_office_names_none() -> None:
    assert extract_offices("The ferry left on Monday.") == ()
