"""`headwater serve`: the service on this machine."""

from __future__ import annotations

import pkgutil
from typing import Annotated

import typer

from headwater.cli import options
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
    """Open everything, then listen until told to end."""
    import uvicorn  # noqa: PLC0415

    application = pkgutil.resolve_name(APPLICATION)(settings)
    uvicorn.run(
        application,
        host=settings.host,
        port=settings.port,
        log_config=None,  # logs.py has set up the loggers
        access_log=False,  # it would write addresses with their query; the service logs each request itself
        server_header=False,
        proxy_headers=False,  # nothing here trusts a forwarded address
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
