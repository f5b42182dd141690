import pytest

from headwater.sources.csv_table import read_csv
from headwater.sources.records import RecordFaultError


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('#date,boats\n"2018-01-01",0\n', "#date | boats\n2018-01-01 | 0"),
        ('"Day";"Boats, all"\n1 May 2024;"1,004"', "Day | Boats, all\n1 May 2024 | 1,004"),
        ("a\tb\n1\t2", "a | b\n1 | 2"),
        ("a,b|c\n1,2", "a | b/c\n1 | 2"),  # a bar in a cell would part it
        ("Title\n\na,b,\n1,,3", "Title\n\na | b\n1 |  | 3"),
        ("", ""),
    ],
)
def test_rows_are_lines_of_cells(raw: str, text: str) -> None:
    assert read_csv(raw)["text"] == text


def test_what_is_no_table() -> None:
    with pytest.raises(RecordFaultError):
        read_csv('"' + "a" * 200_000)
