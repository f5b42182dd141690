"""`headwater sources`, against a publisher made by hand on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from headwater import wiring
from headwater.cli import schedule
from headwater.cli.main import main
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import DocumentStatus
from headwater.settings import Settings, setting_name
from headwater.sources.fetching.clock import SystemClock
from headwater.sources.fetching.fetcher import GuardedFetcher
from headwater.sources.fetching.hosts import load_hosts
from headwater.sources.fetching.network import Reach
from headwater.sources.keeping_up.lease import SyncLease, is_gone
from misbehaving_server import MisbehavingServer, Request, answer, misbehaving_server

Run = Callable[..., tuple[int, str, str]]
FEED = "https://www.gov.uk/feed.xml"
DOCUMENTS = 12


class Unhurried(SystemClock):
    """Waits for nothing."""

    def sleep(self, seconds: float) -> None:
        del seconds


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)
    monkeypatch.setenv("HEADWATER_DATABASE", str(tmp_path / "corpus.sqlite3"))
    monkeypatch.setenv("HEADWATER_MODEL", "hashing")


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with misbehaving_server() as running:
        entries = "".join(
            f"<item><title>Release {n}</title><link>https://www.gov.uk/{n}</link><guid>https://www.gov.uk/{n}</guid>"
            f"<pubDate>Mon, 02 Mar 2026 09:{n:02}:00 GMT</pubDate></item>"
            for n in range(DOCUMENTS)
        )
        feed = f'<rss version="2.0"><channel><title>Feed</title>{entries}</channel></rss>'
        running.play("/feed.xml", answer(200, feed.encode(), content_type="application/rss+xml"))
        for n in range(DOCUMENTS):
            running.play(f"/{n}", page(n))
        yield running


def page(n: int) -> Callable[[Request], list[bytes]]:
    body = (
        f"<html><head><title>Release {n}</title></head><body><main><h1>Release {n}</h1>"
        f"<p>The department returned {n},400 people in the year to March, the minister said on Monday.</p>"
        f"<p>It will publish further figures in release {n + 1} of the series next month.</p></main></body></html>"
    ).encode()

    def play(request: Request) -> list[bytes]:
        unchanged = request.headers.get("if-none-match") == f'"{n}"'
        return [answer(304) if unchanged else answer(200, body, etag=f'"{n}"', content_type="text/html; charset=utf-8")]

    return play


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], server: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> Run:
    def opened(settings: Settings, _clock: object = None) -> GuardedFetcher:
        reach = Reach(stand_in=("127.0.0.1", server.port))
        return GuardedFetcher(load_hosts(settings.source_hosts), clock=Unhurried(), reach=reach)

    monkeypatch.setattr(wiring, "open_fetcher", opened)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(("sources", *arguments))
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return call


def test_the_list_names_what_is_shipped_and_makes_no_file(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert "hansard" in out
    assert "never synced" in out
    assert not (tmp_path / "corpus.sqlite3").exists()


def test_a_source_is_added_synced_listed_and_removed(run: Run, tmp_path: Path, server: MisbehavingServer) -> None:
    assert run("add", "mine", "--reader", "feed", "--option", f"url={FEED}", "--title", "My feed")[0] == 0
    code, out, err = run("sync", "mine", "--since", "2026-01-01", "--json")
    (told,) = json.loads(out)["sources"]
    assert (code, told["found"], told["added"], told["problems"]) == (0, DOCUMENTS, DOCUMENTS, [])
    assert f"mine: {DOCUMENTS} listed, {DOCUMENTS} new" in err
    assert f"read {DOCUMENTS} of {DOCUMENTS}" in err
    (listed,) = [one for one in json.loads(run("list", "--json")[1])["sources"] if one["name"] == "mine"]
    assert (listed["title"], listed["read"], listed["waiting"]) == ("My feed", DOCUMENTS, 0)
    assert listed["last_sync"]
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        (model,) = store.stored_models()
        assert store.texts_without_vector(model) == 0
        assert store.counts().documents == DOCUMENTS
    before = len(server.targets)
    assert json.loads(run("sync", "mine", "--json", "--no-embed")[1])["sources"][0]["added"] == 0
    assert server.targets[before:] == ["/feed.xml"]
    assert run("remove", "mine")[0] == 0
    assert run("remove", "mine")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("add", "x", "--reader", "feed", "--option", "url=https://evil.example/feed"),
            "not on the list of official hosts",
        ),
        (("add", "x", "--reader", "feed", "--option", "url=http://10.0.0.1/feed"), "not on the list"),
        (("add", "x", "--reader", "feed"), "need"),
        (("add", "x", "--reader", "nothing"), "no reader of kind 'nothing'"),
        (("add", "X y", "--reader", "feed", "--option", f"url={FEED}"), "small letters"),
        (("add", "x", "--reader", "feed", "--option", "url"), "NAME=VALUE"),
        (("sync", "hansrd"), "did you mean 'hansard'?"),
        (("sync", "x"), "there is no source 'x'"),
    ],
)
def test_what_cannot_be_used_is_refused(run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert message in err


def test_an_operator_adds_a_host(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWATER_SOURCE_HOSTS", "*.evil.example")
    assert run("add", "x", "--reader", "feed", "--option", "url=https://a.evil.example/feed")[0] == 0
    monkeypatch.setenv("HEADWATER_SOURCE_HOSTS", "https://evil.example")
    assert run("list")[0] == 2


def test_one_sync_at_a_time(run: Run, tmp_path: Path) -> None:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store, SyncLease(store.syncs):
        code, _, err = run("sync", "hansard", "--no-embed")
    assert code == 2
    assert "another sync of this corpus is under way" in err


MACHINE = os.uname().nodename


@pytest.mark.parametrize("holder", ["", "elsewhere/1/x", f"{MACHINE}/{os.getpid()}/x", f"{MACHINE}/x/y"])
def test_a_holder_is_gone_only_if_that_is_known(holder: str) -> None:
    assert not is_gone(holder)


KILLED = textwrap.dedent("""
    import sys
    from headwater import wiring
    from headwater.sources.fetching.fetcher import GuardedFetcher
    from headwater.sources.fetching.network import Reach
    reach = Reach(stand_in=("127.0.0.1", int(sys.argv[1])))
    wiring.open_fetcher = lambda settings, clock=None: GuardedFetcher(reach=reach, clock=clock)
    from headwater.cli.main import main
    main(["sources", *sys.argv[2:]])
""")


def waits(n: int, until: Callable[[], bool]) -> Callable[[Request], Iterator[bytes | float]]:
    """Answer a page only once something has happened."""

    def play(request: Request) -> Iterator[bytes | float]:
        while not until():
            yield 0.01
        yield from page(n)(request)

    return play


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 0)])
def test_a_sync_that_is_killed_leaves_a_whole_corpus_and_goes_on(
    run: Run, tmp_path: Path, server: MisbehavingServer, sent: signal.Signals, code: int
) -> None:
    run("add", "mine", "--reader", "feed", "--option", f"url={FEED}")
    dead: list[bool] = []
    server.play("/7", waits(7, lambda: bool(dead)))
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(server.port), "sync", "mine", "--since", "2026-01-01", "--no-embed"],
        stderr=subprocess.DEVNULL,
    )
    while "/7" not in server.targets and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(sent)
    if sent is signal.SIGTERM:
        dead.append(True)  # the page it waits for comes, and it ends after it
    assert process.wait(30) == code
    dead.append(True)
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        stored = store.counts().documents
        assert 0 < stored < DOCUMENTS
        assert store.syncs.find_counts()["mine"].waiting == DOCUMENTS - stored
    (told,) = json.loads(run("sync", "mine", "--json")[1])["sources"]  # at once: the dead process holds nothing
    assert (told["added"], told["waiting"]) == (DOCUMENTS - stored, 0)
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        assert store.counts().documents == DOCUMENTS
        assert {one.document.status for one in store.passages(range(1, 200)).values()} == {DocumentStatus.LIVE}


def test_keeping_up_is_for_one_service_of_several(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.cli.sources._watch_input", lambda _stop: None)
    monkeypatch.setattr(os, "nice", lambda _by: 0)
    monkeypatch.setenv("HEADWATER_SYNC_MINUTES", "60")
    monkeypatch.setenv("HEADWATER_SYNC_SOURCES", "mine")
    run("add", "mine", "--reader", "feed", "--option", f"url={FEED}", "--option", "from=2026-01-01")
    (told,) = json.loads(run("keep-up")[1])["sources"]
    assert told["added"] == DOCUMENTS
    assert json.loads(run("keep-up")[1]) == {"sources": []}


# The schedule of a service

SLEEPER = "import time; time.sleep(60)"


def started(path: Path) -> list[str]:
    return [sys.executable, "-c", f"open({str(path)!r}, 'a').write('x'); print('{{}}')"]


def test_a_schedule_runs_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "FIRST_SECONDS", 0.0)
    noted = tmp_path / "noted"
    settings = Settings(sync_minutes=1)
    monkeypatch.setattr(schedule.time, "monotonic", iter(range(0, 10**6, 120)).__next__)  # an hour is over at once
    with schedule.SyncSchedule(settings, started(noted)):
        while not noted.exists() or len(noted.read_text()) < 2:
            time.sleep(0.02)
    assert len(noted.read_text()) >= 2


def test_no_schedule_unless_it_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "FIRST_SECONDS", 0.0)
    noted = tmp_path / "noted"
    with schedule.SyncSchedule(Settings(), started(noted)) as off:
        assert not off._thread.is_alive()
    assert not noted.exists()


def test_a_schedule_ends_with_its_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "FIRST_SECONDS", 0.0)
    with schedule.SyncSchedule(Settings(sync_minutes=1), [sys.executable, "-c", SLEEPER]) as running:
        while running._process is None:
            time.sleep(0.02)
        process = running._process
    assert process.poll() is not None
    assert not running._thread.is_alive()


def test_a_command_that_cannot_be_started_is_no_fault_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "FIRST_SECONDS", 0.0)
    with schedule.SyncSchedule(Settings(sync_minutes=1), ["/nowhere/at-all"]) as running:
        time.sleep(0.1)
        assert running._thread.is_alive()
    assert not running._thread.is_alive()
