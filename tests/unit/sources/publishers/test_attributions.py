import pytest

from headwater.sources.publishers.attributions import Attribution, is_collective, read_attribution


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "The Secretary of State for Transport (Heidi Alexander)",
            Attribution("Heidi Alexander", "The Secretary of State for Transport"),
        ),
        ("The Prime Minister", Attribution("", "The Prime Minister")),
        ("The Prime Minister (Keir Starmer)", Attribution("Keir Starmer", "The Prime Minister")),
        ("Jim Shannon (Strangford) (DUP)", Attribution("Jim Shannon", "", "Strangford", "DUP")),
        (
            "Steve Reed (Streatham and Croydon North) (Lab/Co-op)",
            Attribution("Steve Reed", "", "Streatham and Croydon North", "Lab/Co-op"),
        ),
        ("Mrs Badenoch", Attribution("Mrs Badenoch")),
        ("Madam Deputy Speaker (Ms Nusrat Ghani)", Attribution("Ms Nusrat Ghani", "Madam Deputy Speaker")),
        ("Mr Speaker", Attribution("", "Mr Speaker")),
        ("Sir Roger Gale (in the Chair)", Attribution("Sir Roger Gale")),
        ("Lord Vallance of Balham (Lab)", Attribution("Lord Vallance of Balham", "", "", "Lab")),
        ("The Earl of Courtown (Con)", Attribution("The Earl of Courtown", "", "", "Con")),
        ("The Lord Bishop of Manchester", Attribution("The Lord Bishop of Manchester")),
        (
            "The Lord Privy Seal (Baroness Smith of Basildon) (Lab)",
            Attribution("Baroness Smith of Basildon", "The Lord Privy Seal", "", "Lab"),
        ),
        (
            "The Minister of State, Department for Education (Baroness Smith of Malvern) (Lab)",
            Attribution("Baroness Smith of Malvern", "The Minister of State, Department for Education", "", "Lab"),
        ),
        ("Alison Thewliss (Glasgow Central) (SNP) [V]", Attribution("Alison Thewliss", "", "Glasgow Central", "SNP")),
        ("The Duke of Montrose (Con)", Attribution("The Duke of Montrose", "", "", "Con")),
        ("", Attribution()),
    ],
)
def test_forms_of_attribution(written: str, expected: Attribution) -> None:
    assert read_attribution(written) == expected


def test_what_a_speaker_is_called() -> None:
    assert read_attribution("Jim Shannon (Strangford) (DUP)").speaker == "Jim Shannon"
    assert read_attribution("The Chancellor of the Exchequer (Rachel Reeves)").speaker == (
        "The Chancellor of the Exchequer (Rachel Reeves)"
    )


def test_nobody_in_particular() -> None:
    assert is_collective("Several  hon. Members")
    assert is_collective("Noble Lords:")
    assert not is_collective("Lord Noble")
