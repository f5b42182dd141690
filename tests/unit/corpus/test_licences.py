import pytest

from corpus_factories import CORPUS, real_fields
from headwater.corpus.licences import attribution_line

EUROPEAN = "© European Union, source: EP – reuse authorised with acknowledgement"


@pytest.mark.parametrize(
    ("licence", "year", "expected"),
    [
        ("OGL-UK-3.0", 2024, "Contains public sector information licensed under the Open Government Licence v3.0."),
        (EUROPEAN, 2019, "© European Union, 2019 – Source: European Parliament"),
        (EUROPEAN, None, "© European Union – Source: European Parliament"),
        ("Some licence", 2024, "Licence: Some licence"),
        ("", 2024, ""),
    ],
)
def test_line(licence: str, year: int | None, expected: str) -> None:
    assert attribution_line(licence, year) == expected


def test_every_licence_of_the_corpus_has_its_line() -> None:
    names = [path.relative_to(CORPUS).as_posix().removesuffix(".jsonl.xz") for path in CORPUS.rglob("*.xz")]
    assert len(names) == 13
    for name in names:
        line = attribution_line(next(iter(real_fields(name)))["licence"], 2024)
        assert line
        assert not line.startswith("Licence:")
