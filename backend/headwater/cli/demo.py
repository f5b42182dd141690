"""`headwater demo`: the main job on real documents, by the same parts that every other command uses.

It stores official documents, starts the service on loopback (searchable from then on), embeds, sends the service the
seed article as any caller would, prints the report, and leaves the service up for trying by hand.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from headwater.cli.exits import EXIT_NOT_READY
from headwater.settings import Settings, load_settings, setting_name

START_SECONDS = 60.0  # a cold start takes two seconds; a machine under load some more
CHECK_SECONDS = 300.0  # the article takes under a second; the bound is for a machine that swaps
POLL_SECONDS = 0.1

Directory = Annotated[Path, typer.Option(metavar="FOLDER", file_okay=False, help="Where the demo's corpus is kept.")]
Fixtures = Annotated[
    Path,
    typer.Option(metavar="FOLDER", exists=True, file_okay=False, help="The documents that ship with Headwater."),
]
Full = Annotated[bool, typer.Option("--full", help="All 2,843 documents instead of the UK government's 500.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, metavar="N", help="Port; 0 takes a free one.")]


def demo(
    *,
    directory: Directory = Path("var/demo"),
    fixtures: Fixtures = Path("fixtures"),
    full: Full = False,
    port: Port = 0,
) -> None:
    """Check a real news article against real official documents, and keep the service up for trying by hand."""
    settings = load_settings(database=directory / "corpus.sqlite3", port=port or _free_port())
    directory.mkdir(parents=True, exist_ok=True)
    corpus = fixtures / "corpus" if full else fixtures / "corpus" / "uk_government"
    _say(f"1. Storing official documents from {corpus} and the seed release")
    _store([fixtures / "seed" / "release.txt", corpus], settings)
    with _running(settings) as address:
        _say(f"2. The service is up at {address}: the corpus can be searched by words from here on")
        _say("3. Embedding passages, so that it can be searched by meaning too")
        _embed(settings)
        article = fixtures / "seed" / "article.txt"
        _say(f"4. Checking {article} through {address}/v1/match\n")
        typer.echo(_check(address, article))
        _say(f"5. Try it by hand: {address}/")
        if sys.stdin.isatty() and sys.stdout.isatty():
            _say("   Ctrl-C ends the service.")
            _wait_for_interrupt()
        else:
            _say(f"   (not a terminal, so the service ends here; `{_serve_again(settings)}` starts it again)")


def _store(paths: list[Path], settings: Settings) -> None:
    from headwater.cli.progress import ShownProgress  # noqa: PLC0415 - rich is slow to load
    from headwater.sources.ingest import ingest  # noqa: PLC0415 - loads the database
    from headwater.wiring import open_store  # noqa: PLC0415

    with open_store(settings) as store, ShownProgress() as progress:
        ingest(paths, store, None, progress=progress)
        counts = store.counts()
    _say(f"   {counts.documents:,} documents in {counts.versions:,} versions, {counts.passages:,} passages")


def _embed(settings: Settings) -> None:
    from headwater.cli.progress import ShownProgress  # noqa: PLC0415 - rich is slow to load
    from headwater.sources.ingest import embed_passages  # noqa: PLC0415 - loads the database
    from headwater.wiring import open_encoder, open_store  # noqa: PLC0415

    with open_store(settings) as store, ShownProgress() as progress:
        started = time.monotonic()
        encoded = embed_passages(store, open_encoder(settings, store), progress=progress)
    _say(f"   {encoded:,} texts embedded in {time.monotonic() - started:.0f} s")


def _check(address: str, article: Path) -> str:
    import httpx  # noqa: PLC0415

    from headwater.cli.reading import read_text  # noqa: PLC0415

    answer = httpx.post(
        f"{address}/v1/match",
        json={"text": read_text(article).text},
        headers={"Accept": "text/plain"},
        timeout=CHECK_SECONDS,
    )
    answer.raise_for_status()
    return answer.text


@contextmanager
def _running(settings: Settings) -> Iterator[str]:
    """Run the service in a process of its own, as an operator would; yields its address."""
    address = f"http://{settings.host}:{settings.port}"
    log = settings.database.with_name("service.log")
    with log.open("wb") as output:
        service = subprocess.Popen(  # noqa: S603 - this interpreter and this package
            [sys.executable, "-m", "headwater.cli.main", "serve", "--database", str(settings.database)],
            env={**os.environ, setting_name("port"): str(settings.port)},
            stdout=output,
            stderr=output,
        )
        try:
            _wait_until_alive(service, address, log)
            yield address
        finally:
            service.terminate()
            service.wait()


def _wait_until_alive(service: subprocess.Popen[bytes], address: str, log: Path) -> None:
    import httpx  # noqa: PLC0415

    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and service.poll() is None:
        try:
            if httpx.get(f"{address}/healthz").is_success:
                return
        except httpx.TransportError:
            time.sleep(POLL_SECONDS)
    _say(f"the service did not start; {log} says why")
    raise typer.Exit(EXIT_NOT_READY)


def _wait_for_interrupt() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return


def _serve_again(settings: Settings) -> str:
    return f"headwater serve --database {settings.database} --port {settings.port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _say(line: str) -> None:
    typer.echo(line, err=True)
