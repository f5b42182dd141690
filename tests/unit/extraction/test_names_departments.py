"""A department stands for who heads it, and the other way round; never for another department."""

import pytest

from headwater.extraction.names import extract_names
from headwater.extraction.names_departments import is_of_one_department


def canonical(text: str) -> list[str]:
    return [mention.canonical for mention in extract_names(text)]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("The Education Department will act.", "The Secretary of Education shall act.", True),
        ("The Department for Transport will act.", "The Secretary of State for Transport acted.", True),
        ("The Ministry of Justice will act.", "The Justice Secretary acted.", True),
        ("The Health Ministry will act.", "The Minister for Health acted.", True),
        ("The Energy Secretary will act.", "The Department of Energy acted.", True),
        ("The Department of Labor will act.", "The Secretary of Labor acted.", True),
        ("The Education Department will act.", "The Secretary of Labor shall act.", False),
        ("The Department for Transport will act.", "The Shadow Transport Secretary acted.", False),
        ("The Ministry of Justice will act.", "The Ministry of Defence acted.", False),
        ("The Health Secretary will act.", "The Home Secretary acted.", False),
        ("The Ferry Company will act.", "The Secretary of State for Transport acted.", False),
    ],
)
def test_department_and_head(ours: str, theirs: str, *, expected: bool) -> None:
    assert is_of_one_department(canonical(ours)[0], canonical(theirs)) is expected
