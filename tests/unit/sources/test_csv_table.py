import pytest

from headwater.domain.series import Nature, Step
from headwater.extraction.dated_tables import extract_series
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


# As the ONS lets a time series be downloaded; rows of particulars, then years, quarters and months in one column.
DOWNLOADED = """\
"Title","CPIH ANNUAL RATE 00: ALL ITEMS","Households: disposable income"
"CDID","L55O","ABCD"
"Source dataset ID","MM23","UKEA"
"PreUnit","","£"
"Unit","%","m"
"Release date","16-10-2024","30-09-2024"
"Next release","20 November 2024","23 December 2024"
"Important notes","",""
"2022","7.9","1500"
"2023","6.8","1600"
"2023 Q3","6.9","410"
"2023 Q4","4.8","420"
"2023 NOV","4.2",""
"2023 DEC","4.2",""
"""


def test_a_download_of_time_series_has_its_particulars_above_the_table() -> None:
    fields = read_csv(DOWNLOADED)
    assert fields["updated_at"] == "2024-10-16"
    assert fields["text"].split("\n") == [
        "CDID | L55O | ABCD",
        "Source dataset ID | MM23 | UKEA",
        "Release date | 16-10-2024 | 30-09-2024",
        "Next release | 20 November 2024 | 23 December 2024",
        "",
        "Title | CPIH ANNUAL RATE 00: ALL ITEMS (%) | Households: disposable income (£m)",
        "2022 | 7.9 | 1500",
        "2023 | 6.8 | 1600",
        "2023 Q3 | 6.9 | 410",
        "2023 Q4 | 4.8 | 420",
        "2023 NOV | 4.2",
        "2023 DEC | 4.2",
    ]


def test_the_series_of_a_download_are_named_by_their_titles_and_know_their_units() -> None:
    series = extract_series(read_csv(DOWNLOADED)["text"])
    named = {(one.measure, one.step): one for one in series}
    rate = named["CPIH ANNUAL RATE 00: ALL ITEMS (%)", Step.YEAR]
    assert (rate.unit, rate.nature) == ("percent", Nature.SHARE)
    assert [str(point.value) for point in rate.points] == ["7.9", "6.8"]
    income = named["Households: disposable income (£m)", Step.QUARTER]
    assert (income.unit, [int(point.value) for point in income.points]) == ("GBP", [410_000_000, 420_000_000])
    assert {step for _, step in named} == {Step.YEAR, Step.QUARTER, Step.MONTH}


@pytest.mark.parametrize("raw", ["Title,Boats\n2022,1\n2023,2", "CDID,Boats\n2022,1", "Title,\n", "\n\n"])
def test_other_tables_stay_as_they_are(raw: str) -> None:
    assert "updated_at" not in read_csv(raw)
    assert read_csv(raw)["text"].startswith(raw.strip()[:4])


def test_a_release_that_is_no_day_is_left_out() -> None:
    fields = read_csv("Title,Rate\nCDID,AB\nRelease date,soon\n2022,1\n")
    assert fields == {"text": "CDID | AB\nRelease date | soon\n\nTitle | Rate\n2022 | 1", "document_type": "data_table"}
