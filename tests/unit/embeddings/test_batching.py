from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pytest

from headwater_embeddings.batching import BatchingEncoder
from headwater_embeddings.cached import CachedEncoder
from headwater_embeddings.encoder import Vectors
from headwater_embeddings.errors import VectorShapeError
from headwater_embeddings.hashing import HashingEncoder

PLAIN = HashingEncoder(16)


class GatedEncoder(HashingEncoder):
    """Remembers each call, who made it, and stands still in it until it is told to go on."""

    def __init__(self) -> None:
        super().__init__(16)
        self.calls: list[list[str]] = []
        self.threads: list[int] = []
        self.entered = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)
        self.failing: Callable[[str], BaseException | None] = lambda _: None

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        self.threads.append(threading.get_ident())
        self.entered.release()
        assert self.gate.acquire(timeout=30)
        for text in texts:
            error = self.failing(text)
            if error is not None:
                raise error
        return super().encode(texts)

    def open(self) -> None:
        for _ in range(1_000):
            self.gate.release()


class Callers:
    """Threads that call one after the other, each known to have joined before the next one does."""

    def __init__(self, encoder: BatchingEncoder) -> None:
        self.encoder, self.pool = encoder, ThreadPoolExecutor(40)

    def call(self, *texts: str) -> Future[Vectors]:
        before = len(self.encoder._waiting)
        future = self.pool.submit(self.encoder.encode, texts)
        while len(self.encoder._waiting) == before:
            pass
        return future


@pytest.fixture
def inner() -> GatedEncoder:
    return GatedEncoder()


def occupied(inner: GatedEncoder, *, lanes: int = 1, at_once: int = 32) -> tuple[Callers, Future[Vectors]]:
    """An encoder whose first turn is under way."""
    callers = Callers(BatchingEncoder(inner, lanes=lanes, at_once=at_once))
    first = callers.pool.submit(callers.encoder.encode, ["first"])
    assert inner.entered.acquire(timeout=30)
    return callers, first


def assert_right(future: Future[Vectors], *texts: str) -> None:
    np.testing.assert_array_equal(future.result(timeout=30), PLAIN.encode(texts))


def test_a_lone_caller_is_encoded_at_once_in_its_own_thread(inner: GatedEncoder) -> None:
    inner.open()
    vectors = BatchingEncoder(inner).encode(["one", "two", "one"])
    np.testing.assert_array_equal(vectors, PLAIN.encode(["one", "two", "one"]))
    assert (inner.calls, inner.threads) == ([["one", "two"]], [threading.get_ident()])


def test_those_who_come_while_it_works_are_encoded_together(inner: GatedEncoder) -> None:
    callers, first = occupied(inner)
    waiting = [callers.call(text, "shared") for text in ("a", "b", "c")]
    inner.open()
    assert_right(first, "first")
    for future, text in zip(waiting, "abc", strict=True):
        assert_right(future, text, "shared")
    assert [sorted(call) for call in inner.calls] == [["first"], ["a", "b", "c", "shared"]]


def test_a_long_call_takes_turns_with_short_ones(inner: GatedEncoder) -> None:
    callers, first = occupied(inner, at_once=4)
    texts = [f"long {number}" for number in range(10)]
    long, short = callers.call(*texts), callers.call("short")
    inner.open()
    assert_right(short, "short")
    assert_right(long, *texts)
    assert_right(first, "first")
    assert ["short" in call for call in inner.calls] == [False, True, False, False]
    assert max(map(len, inner.calls)) == 4


def test_an_error_is_its_callers_alone(inner: GatedEncoder) -> None:
    inner.failing = lambda text: ValueError(len(text)) if text.startswith("bad") else None
    callers, first = occupied(inner)
    good, bad, other = callers.call("good"), callers.call("fine", "bad one"), callers.call("good too")
    inner.open()
    for future, text in ((first, "first"), (good, "good"), (other, "good too")):
        assert_right(future, text)
    with pytest.raises(ValueError, match="7"):
        bad.result(timeout=30)
    assert_right(callers.pool.submit(callers.encoder.encode, ["after"]), "after")


def test_an_error_in_one_turn_ends_a_long_call(inner: GatedEncoder) -> None:
    inner.failing = lambda text: ValueError("five") if text == "text 5" else None
    inner.open()
    encoder = BatchingEncoder(inner, at_once=4)
    with pytest.raises(ValueError, match="five"):
        encoder.encode([f"text {number}" for number in range(20)])
    assert len(inner.calls) == 2
    np.testing.assert_array_equal(encoder.encode(["after"]), PLAIN.encode(["after"]))


class Interrupted(BaseException):
    """Stands for what may be raised in any thread at any time."""


def test_who_is_interrupted_at_work_leaves_it_to_the_others(inner: GatedEncoder) -> None:
    thrown: list[bool] = []

    def interrupt(text: str) -> BaseException | None:
        if text == "first" or thrown:
            return None
        thrown.append(True)
        return Interrupted()

    inner.failing = interrupt
    callers, first = occupied(inner)
    waiting = {text: callers.call(text) for text in ("a", "b", "c")}
    inner.open()
    assert_right(first, "first")
    with pytest.raises(Interrupted):
        waiting.pop("a").result(timeout=30)  # who had waited longest led the turn
    for text, future in waiting.items():
        assert_right(future, text)
    assert_right(callers.pool.submit(callers.encoder.encode, ["after"]), "after")


def test_who_is_interrupted_while_waiting_is_not_encoded(inner: GatedEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    callers, first = occupied(inner)

    class Impatient(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            raise Interrupted(timeout)

    with monkeypatch.context() as patched:
        patched.setattr(threading, "Event", Impatient)
        with pytest.raises(Interrupted):
            callers.encoder.encode(["nobody asks any more"])
    other = callers.call("other")
    inner.open()
    assert_right(first, "first")
    assert_right(other, "other")
    assert inner.calls == [["first"], ["other"]]


def test_lanes_work_side_by_side_and_share_what_waits(inner: GatedEncoder) -> None:
    callers, first = occupied(inner, lanes=2)
    second = callers.pool.submit(callers.encoder.encode, ["second"])
    assert inner.entered.acquire(timeout=30)  # though the first has not ended
    waiting = [callers.call(text) for text in "abcd"]
    inner.gate.release()
    inner.gate.release()
    assert inner.entered.acquire(timeout=30)
    assert inner.entered.acquire(timeout=30)
    inner.open()
    assert_right(first, "first")
    assert_right(second, "second")
    for future, text in zip(waiting, "abcd", strict=True):
        assert_right(future, text)
    assert max(map(len, inner.calls)) <= 2


@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_many_threads_all_get_their_own(lanes: int) -> None:
    encoder = CachedEncoder(BatchingEncoder(HashingEncoder(16), lanes=lanes, at_once=3), capacity=9)
    texts = [[f"text {(number * step) % 23}" for step in range(number % 6)] for number in range(400)]
    with ThreadPoolExecutor(16) as pool:
        for asked, answer in zip(texts, pool.map(encoder.encode, texts), strict=True):
            np.testing.assert_array_equal(answer, PLAIN.encode(asked))


def test_many_threads_and_errors_leave_nobody_waiting() -> None:
    class Moody(HashingEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            if any(text.endswith("7") for text in texts):
                raise ValueError("seven")
            return super().encode(texts)

    encoder = BatchingEncoder(Moody(16), lanes=2, at_once=3)

    def ask(number: int) -> str:
        try:
            return "answered" if encoder.encode([f"{number}", f"and {number}"]).shape == (2, 16) else "wrong"
        except ValueError as error:
            return str(error)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, range(300)))
    assert answers == ["seven" if number % 10 == 7 else "answered" for number in range(300)]
    assert (encoder._working, len(encoder._waiting)) == (0, 0)


def test_an_answer_of_the_wrong_shape_is_an_error() -> None:
    class Short(HashingEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return super().encode(texts[1:])

    with pytest.raises(VectorShapeError):
        BatchingEncoder(Short(16)).encode(["one", "two"])


def test_it_answers_for_the_encoder_inside() -> None:
    encoder = BatchingEncoder(PLAIN)
    assert (encoder.model_id, encoder.dimensions) == ("hashing-16@1", 16)
    assert encoder.encode([]).shape == (0, 16)
    assert encoder.encode_tokens("no tokens here") is None


@pytest.mark.parametrize("wrong", [{"lanes": 0}, {"at_once": 0}])
def test_nothing_at_once_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        BatchingEncoder(PLAIN, **wrong)  # type: ignore[arg-type]


def test_a_text_that_several_ask_for_at_once_is_encoded_once(inner: GatedEncoder) -> None:
    encoder = CachedEncoder(inner)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(encoder.encode, ["same"])
        assert inner.entered.acquire(timeout=30)
        others = [pool.submit(encoder.encode, ["same"]) for _ in range(7)]
        inner.open()
        for future in (first, *others):
            assert_right(future, "same")
    assert inner.calls == [["same"]]


def test_who_waits_for_a_text_that_fails_elsewhere_tries_itself(inner: GatedEncoder) -> None:
    failures = [ValueError("the first alone")]
    inner.failing = lambda _: failures.pop() if failures else None
    encoder = CachedEncoder(inner)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(encoder.encode, ["same"])
        assert inner.entered.acquire(timeout=30)
        second = pool.submit(encoder.encode, ["same"])
        while second.running() is False:
            pass
        inner.open()
        assert_right(second, "same")
        with pytest.raises(ValueError, match="the first alone"):
            first.result(timeout=30)
    assert encoder._pending == {}
