"""`headwater serve`: the service on this machine."""

from __future__ import annotations

import pkgutil
import socket
from contextlib import suppress
from typing import Annotated

import typer

from headwater.cli import options
from headwater.cli.guarding import require_guard
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings, load_settings

APPLICATION = "headwater.api.app:create_service"  # named, not imported: faces do not know each other

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
    import uvicorn  # noqa: PLC0415

    from headwater.cli.schedule import SyncSchedule  # noqa: PLC0415

    application = pkgutil.resolve_name(APPLICATION)(settings)
    config = uvicorn.Config(
        application,
        log_config=None,  # logs.py has set up the loggers
        access_log=False,  # it would write addresses with their query; the service logs each request itself
        server_header=False,
        proxy_headers=False,  # nothing here trusts a forwarded address
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
    with listen(settings.host, settings.port) as listener, SyncSchedule(settings):
        typer.echo(f"Headwater listens on {address_of(listener)} (Ctrl-C ends it)", err=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listener])


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
