import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from headwater.logs import configure_logs, describe_fault, digest


@pytest.fixture
def logging_to() -> Iterator[Callable[..., io.StringIO]]:
    root, ours = logging.getLogger(), logging.getLogger("headwater")
    before = root.handlers, root.level, ours.level

    def start(level: str = "info", layout: str = "json") -> io.StringIO:
        stream = io.StringIO()
        configure_logs(level, layout, stream)  # type: ignore[arg-type]
        return stream

    yield start
    root.handlers, root.level, ours.level = before
    structlog.reset_defaults()


def records(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_record_is_one_json_line_of_allowed_fields(logging_to: Callable[..., io.StringIO]) -> None:
    stream = logging_to()
    structlog.get_logger("headwater.x").info("checked", claims=3, text="the reader's words", status=200)
    (record,) = records(stream)
    assert set(record) == {"event", "level", "timestamp", "logger", "claims", "status"}
    assert record["timestamp"].endswith("Z")  # type: ignore[attr-defined]


def test_a_line_break_in_a_value_makes_no_second_line(logging_to: Callable[..., io.StringIO]) -> None:
    stream = logging_to()
    structlog.get_logger("headwater.x").info("checked", model='a\n{"event": "forged"}')
    assert len(stream.getvalue().splitlines()) == 1


def test_a_long_value_is_cut(logging_to: Callable[..., io.StringIO]) -> None:
    stream = logging_to()
    structlog.get_logger("headwater.x").info("checked", where="x" * 10_000)
    assert len(stream.getvalue()) < 1_000


def test_an_error_is_named_without_its_message(logging_to: Callable[..., io.StringIO]) -> None:
    stream = logging_to()
    for logger in (structlog.get_logger("headwater.x"), logging.getLogger("somebody.else")):
        try:
            raise ValueError("the reader's words")
        except ValueError:
            logger.exception("failed")
    ours, theirs = records(stream)
    assert "words" not in stream.getvalue()
    for record in (ours, theirs):
        assert record["error"] == "ValueError"
        assert "test_logs.py" in str(record["where"])


def test_levels(logging_to: Callable[..., io.StringIO]) -> None:
    stream = logging_to("warning")
    structlog.get_logger("headwater.x").info("quiet")
    structlog.get_logger("headwater.x").warning("heard")
    logging.getLogger("somebody.else").info("quiet")
    assert [record["event"] for record in records(stream)] == ["heard"]


def test_lines_for_a_terminal(logging_to: Callable[..., io.StringIO]) -> None:
    stream = logging_to(layout="console")
    structlog.get_logger("headwater.x").info("checked", claims=3, text="the reader's words")
    assert "checked" in stream.getvalue()
    assert "words" not in stream.getvalue()


def test_auto_is_json_where_there_is_no_terminal(logging_to: Callable[..., io.StringIO]) -> None:
    stream = logging_to(layout="auto")
    structlog.get_logger("headwater.x").info("checked")
    assert records(stream)[0]["event"] == "checked"


@pytest.mark.parametrize("text", ["", "words", "\ud800", "x" * 100_000])
def test_digests_tell_texts_apart_and_do_not_fail(text: str) -> None:
    assert digest(text) == digest(text) != digest(text + ".")
    assert len(digest(text)) == 12


def test_a_fault_without_a_traceback() -> None:
    assert describe_fault(ValueError("words")) == {"error": "ValueError", "where": ""}
