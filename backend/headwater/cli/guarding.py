"""What must hold before the service listens: nobody on a network is answered without a key by mistake."""

from __future__ import annotations

from datetime import UTC, datetime

from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings, is_loopback, setting_name

CURE = "make one by `headwater keys create NAME`"


def require_guard(settings: Settings) -> None:
    """Refuse to listen where others could ask without a key.

    Args:
        settings: Where the service is to listen, and who may ask.

    Raises:
        InvalidInputError: Says what to do.
        CorpusUnavailableError: If the keys cannot be read.
    """
    access, is_public = setting_name("access"), not is_loopback(settings.host)
    if settings.access == "open" and is_public:
        raise InvalidInputError(f"{access}=open is for this machine alone, and {settings.host} is not: {CURE}")
    if settings.access == "proxy" or not (is_public or settings.access == "keys"):
        return
    if not has_live_key(settings):
        otherwise = f", or set {access}=proxy if something in front of the service lets in only those who may"
        raise InvalidInputError(
            f"listening on {settings.host} needs an API key, and there is none that is good: {CURE}"
            + (otherwise if is_public else "")
        )


def has_live_key(settings: Settings) -> bool:
    """Say whether anybody could be let in by a key.

    Args:
        settings: Name the corpus.

    Raises:
        CorpusUnavailableError: If the corpus cannot be read.
    """
    from headwater.corpus.keys import open_keys  # noqa: PLC0415 - loads the database
    from headwater.wiring import find_store  # noqa: PLC0415

    now = datetime.now(UTC)
    with find_store(settings) as store:
        return store is not None and any(key.state(now) == "live" for key in open_keys(store).all())
