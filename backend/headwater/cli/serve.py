"""`headwater serve`: the service on this machine."""

from __future__ import annotations

import os
import pkgutil
import socket
import tempfile
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli import options
from headwater.cli.exits import EXIT_NOT_READY
from headwater.cli.guarding import require_guard
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings, load_settings, setting_name

if TYPE_CHECKING:
    import uvicorn

WORKER = "headwater.api.app:create_worker"
CONNECTION = "headwater.api.connections:TimedConnection"
APPLICATION = "headwater.api.app:create_service"  # named, not imported: faces do not know each other

FIGURES = "_HEADWATER_FIGURES"  # where the processes note what `/metrics` adds up
WORKER_SECONDS = 30  # a process that is silent for longer hangs: loading a model on a busy machine takes some of them

Host = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Address to listen on.  [HEADWATER_HOST]")]
Port = Annotated[
    int | None, typer.Option(min=0, max=65_535, metavar="N", help="Port; 0 takes a free one.  [HEADWATER_PORT]")
]


def serve(
    *,
    host: Host = None,
    port: Port = None,
    database: options.Database = None,
    model: options.Model = None,
) -> None:
    """Start the service; it listens on this machine only, unless told otherwise. Ctrl-C ends it."""
    settings = load_settings(host=host, port=port, database=database, model=model)

    from headwater.logs import configure_logs  # noqa: PLC0415

    configure_logs(settings.log_level, settings.log_format)
    run(settings)


def run(settings: Settings) -> None:
    """Open everything, then listen until told to end.

    Args:
        settings: What the command line and the environment chose.

    Raises:
        InvalidInputError: If the address cannot be listened on, or others could ask there without a key.
    """
    require_guard(settings)
    import uvicorn  # noqa: PLC0415 - slow to load

    from headwater.cli.schedule import SyncSchedule  # noqa: PLC0415

    is_one = settings.processes == 1
    application = pkgutil.resolve_name(APPLICATION)(settings) if is_one else WORKER
    config = uvicorn.Config(
        application,
        factory=not is_one,
        workers=settings.processes,
        http=partial(pkgutil.resolve_name(CONNECTION), seconds=settings.receive_seconds),  # type: ignore[arg-type]
        ws="none",
        log_config=None,  # logs.py has set up the loggers
        access_log=False,  # it would write addresses with their query; the service logs each request itself
        server_header=False,
        proxy_headers=False,  # nothing here trusts a forwarded address
        timeout_graceful_shutdown=settings.shutdown_seconds,
        timeout_worker_healthcheck=WORKER_SECONDS,
    )
    with listen(settings.host, settings.port) as listener, SyncSchedule(settings):
        typer.echo(f"Headwater listens on {address_of(listener)} (Ctrl-C ends it)", err=True)
        with suppress(KeyboardInterrupt):
            if is_one:
                uvicorn.Server(config).run([listener])
            else:
                _run_processes(config, settings, listener)


def _run_processes(config: uvicorn.Config, settings: Settings, listener: socket.socket) -> None:
    """Answer by several processes on one socket; one that dies is started again, one that cannot start ends all."""
    from uvicorn.supervisors import Multiprocess  # noqa: PLC0415

    from headwater.wiring import find_store, open_encoder  # noqa: PLC0415

    with find_store(settings) as store:
        open_encoder(settings, store)  # what cannot be opened is said here, once, and not by each process
    hand_on(settings)
    supervisor = Multiprocess(config, [listener])
    with tempfile.TemporaryDirectory(prefix="headwater-") as folder:
        os.environ[FIGURES] = folder
        supervisor.run()
    if any(process.exitcode == EXIT_NOT_READY for process in supervisor.processes):
        raise typer.Exit(EXIT_NOT_READY)


def hand_on(settings: Settings) -> None:
    """Set in the environment what the command line chose: the processes read it there.

    Args:
        settings: What the command line and the environment chose.
    """
    if settings.database_url is None:
        os.environ.pop(setting_name("database_url"), None)
        os.environ[setting_name("database")] = str(settings.database)
    if settings.model is not None:
        os.environ[setting_name("model")] = settings.model


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; the server itself would leave with the code of a discrepancy.

    Args:
        host: Address or name.
        port: 0 takes a free one.

    Returns:
        The socket, open.

    Raises:
        InvalidInputError: If the address is not this machine's, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InvalidInputError(f"cannot listen on {host} port {port}: {error.strerror}") from error


def address_of(listener: socket.socket) -> str:
    """Return the address that a browser opens."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
