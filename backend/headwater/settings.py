"""All settings of the product, read from the environment once and handed on as one frozen value.

Every name begins with `HEADWATER_` and carries its unit. A name that nobody reads is an error, because a
misspelt limit that is silently ignored is found on the day it was needed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from headwater.comparison.house_style import UnknownHouseStyleError, parse_house_style
from headwater.comparison.term_groups import load_terms
from headwater.domain.errors import InvalidInputError
from headwater.sources.fetching.hosts import UnknownHostFormError, load_hosts

PREFIX = "HEADWATER_"
EXTENSION_ORIGIN = re.compile(r"(?:chrome|moz|safari-web)-extension://[A-Za-z0-9-]{1,64}")
POSTGRES_SCHEMES = ("postgresql://", "postgres://")


AccessMode = Literal["auto", "keys", "open", "proxy"]


class SettingsError(InvalidInputError):
    """A setting is unknown or cannot be used; the message names it and never repeats its value."""


def _default_database() -> Path:
    return user_data_path("headwater", appauthor=False) / "corpus.sqlite3"


class Settings(BaseSettings):
    """What an operator may choose; `load_settings` makes it.

    Attributes:
        database: The corpus: one SQLite file.
        database_url: The corpus in PostgreSQL instead, as postgresql://user:password@host:port/name.
        vector_search: Where vectors of a corpus in PostgreSQL are searched: in the "database", or in each "service",
            whose memory then holds an index that follows the database.
        model: Name of the embedding model, as `headwater models list` prints it; unless given, the one that the corpus
            was told to use by `headwater models use`, which services follow without a restart.
        model_dir: Folder of the models built on this machine; unless given, inside the virtual environment.
        terms: A TOML file of the newsroom's own groups of terms that must not be exchanged ("loaned", "sold"), of the
            form of the shipped `comparison/terms.toml`; a group of the same id takes the shipped one's place.
        host: Address the service listens on; the default is reachable from this machine only.
        port: Port the service listens on; 0 takes a free one.
        access: Who may ask. "auto": without keys this machine alone, and once a key was made whoever has one; "keys":
            whoever has a key; "open": all on this machine, keys or not; "proxy": all, because something in front of
            the service lets in only those who may.
        allowed_hosts: Names a request may address the service by, parted by commas; "*" allows any.
        extension_origins: Browser extensions that may read answers although their user granted them no access to this
            host, parted by commas, as chrome-extension://ID; none unless given, and never a wildcard.
        house_style: Differences that count as none, parted by commas; `comparison/house_style.toml` lists them.
        max_text_characters: Longest text of one request, in code points.
        max_body_bytes: Longest body of one request; one that may bring files may be longer by two of the largest.
        max_file_bytes: Largest file that is read, an article or a release, sent or fetched.
        saved_check_days: Days after which a saved check is deleted.
        processes: Processes that answer on the one port; each holds the model and the index, some 0.5 GB and more.
        check_threads: Checks made at the same time, in each process.
        check_queue_length: Checks that may wait for a thread; the next one is refused with 503.
        check_seconds: Time that one check may be at work, without its waiting; it is ended after the sentence that it
            is at.
        receive_seconds: Time for the head of a request, then for its body (a second more for each 10,000 bytes that
            came), and for whoever takes an answer to take the next piece; then the connection is closed.
        drain_seconds: Time for which a service that is told to stop answers as before and says that it is not ready, so
            that a balancer that asks turns to others; a second signal ends that.
        shutdown_seconds: Time that requests get to finish when the service is stopped.
        source_hosts: Hosts that may be fetched from besides those that are shipped, parted by commas; "*.example.org"
            is the host and all below it.
        source_contact: Who runs this and how to reach them; publishers are told with each request.
        sync_minutes: Time from one sync with publishers to the next while the service runs; 0 for none.
        sync_sources: Names of the sources that are then synced, parted by commas; all of them unless given.
        log_level: Least severe record that is written.
        log_format: JSON lines, lines for a terminal, or "auto": the latter where stderr is a terminal.
        tracing: "otlp" sends a span of each request, check and stage to where the variables OTEL_EXPORTER_OTLP_... say;
            nothing that a caller wrote is in them.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    database: Path = Field(default_factory=_default_database)
    database_url: SecretStr | None = None
    vector_search: Literal["database", "service"] = "database"
    model: str | None = Field(default=None, min_length=1)
    model_dir: Path | None = None
    terms: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8710, ge=0, le=65_535)
    access: AccessMode = "auto"
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "localhost", "[::1]")
    extension_origins: Annotated[tuple[str, ...], NoDecode] = ()
    house_style: Annotated[tuple[str, ...], NoDecode] = ()
    max_text_characters: int = Field(default=1_000_000, ge=1)
    # Two texts of the longest length in UTF-8 at four bytes a character, and room for the fields around them.
    max_body_bytes: int = Field(default=8_400_000, ge=1)
    max_file_bytes: int = Field(default=10_000_000, ge=1)
    saved_check_days: int = Field(default=30, ge=1, le=3_650)
    processes: int = Field(default=1, ge=1, le=64)
    check_threads: int = Field(default=2, ge=1, le=64)
    check_queue_length: int = Field(default=16, ge=0)
    check_seconds: int = Field(default=300, ge=1, le=86_400)
    receive_seconds: int = Field(default=20, ge=1, le=3_600)
    drain_seconds: int = Field(default=0, ge=0, le=3_600)
    shutdown_seconds: int = Field(default=5, ge=0)
    source_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    source_contact: str = Field(default="", max_length=200)
    sync_minutes: int = Field(default=0, ge=0, le=100_000)
    sync_sources: Annotated[tuple[str, ...], NoDecode] = ()
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "console"] = "auto"
    tracing: Literal["off", "otlp"] = "off"

    @property
    def max_upload_bytes(self) -> int:
        """Longest body of a request that may bring files: two of the largest in base64, and texts beside them."""
        return self.max_body_bytes + 2 * (self.max_file_bytes + 2) // 3 * 4

    @field_validator("database_url")
    @classmethod
    def _know_database_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(POSTGRES_SCHEMES):
            raise PydanticCustomError("database_url", "must be written as postgresql://user:password@host:port/name")
        return value

    @model_validator(mode="after")
    def _name_one_corpus(self) -> Self:
        if self.database_url is not None and "database" in self.model_fields_set:
            raise PydanticCustomError(
                "database_url", "HEADWATER_DATABASE and HEADWATER_DATABASE_URL both name a corpus: unset one of them"
            )
        return self

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("extension_origins", mode="before")
    @classmethod
    def _know_extension_origins(cls, value: object) -> object:
        origins = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        if isinstance(origins, list | tuple) and not all(EXTENSION_ORIGIN.fullmatch(str(origin)) for origin in origins):
            raise PydanticCustomError(
                "extension_origin", "must be written as chrome-extension://ID or moz-extension://ID"
            )
        return tuple(origins) if isinstance(origins, list | tuple) else origins

    @field_validator("source_hosts", mode="before")
    @classmethod
    def _know_source_hosts(cls, value: object) -> object:
        names = _split(value)
        try:
            load_hosts(names if isinstance(names, tuple) else ())
        except UnknownHostFormError as error:
            raise PydanticCustomError("source_host", "{reason}", {"reason": str(error)}) from None
        return names

    @field_validator("sync_sources", mode="before")
    @classmethod
    def _split_sources(cls, value: object) -> object:
        return _split(value)

    @field_validator("house_style", mode="before")
    @classmethod
    def _know_house_style(cls, value: Iterable[str]) -> tuple[str, ...]:
        try:
            return parse_house_style(value)
        except UnknownHouseStyleError as error:
            raise PydanticCustomError("house_style", "{reason}", {"reason": str(error)}) from None

    @field_validator("terms")
    @classmethod
    def _read_terms(cls, path: Path | None) -> Path | None:
        """Read the newsroom's groups once at the start, so that a slip in them is found then."""
        try:
            load_terms(path)
        except OSError as error:
            raise ValueError(f"the file cannot be read ({type(error).__name__})") from None
        return path


def _split(value: object) -> object:
    """Return the parts of a text that lists them with commas; what is no text is left as it is."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def load_settings(**chosen: Any) -> Settings:  # a mirror of the fields' own types
    """Read the environment.

    Args:
        **chosen: What goes first: options of the command line by field; None means "not chosen". A file of the corpus
            that is chosen here goes before an address of one in the environment, too.

    Returns:
        The settings.

    Raises:
        SettingsError: If a `HEADWATER_` name is unknown, or a value cannot be used.
    """
    refuse_unknown_names(os.environ)
    values = {name: value for name, value in chosen.items() if value is not None}
    if "database" in values:
        values["database_url"] = None
    try:
        return Settings(**values)
    except ValidationError as error:
        raise SettingsError("; ".join(_reason(item["loc"], item["msg"]) for item in error.errors())) from None


def refuse_unknown_names(environment: Mapping[str, str]) -> None:
    """Refuse the first `HEADWATER_` name that is no setting.

    Args:
        environment: Names and values; only names are looked at.

    Raises:
        SettingsError: Names it, and the nearest known name where one is near.
    """
    for name in sorted(environment):
        field = name.upper().removeprefix(PREFIX).lower()
        if not name.upper().startswith(PREFIX) or field in Settings.model_fields:
            continue
        near = get_close_matches(field, list(Settings.model_fields), n=1)
        known = ", ".join(map(setting_name, Settings.model_fields))
        hint = f"did you mean {setting_name(near[0])}?" if near else f"the settings are {known}"
        raise SettingsError(f"unknown setting {name}: {hint}")


def is_loopback(host: str) -> bool:
    """Say whether an address is this machine's own, which nobody else can reach.

    Args:
        host: A numeric address, or "localhost"; any other name is not.
    """
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return host.lower() == "localhost"
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def setting_name(field: str) -> str:
    """Return the environment name of a field: "port" is `HEADWATER_PORT`."""
    return PREFIX + field.upper()


def _reason(location: tuple[int | str, ...], message: str) -> str:
    return f"{setting_name(str(location[0]))}: {message}" if location else message
