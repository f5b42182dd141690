"""The errors of the product. They know no HTTP and no exit codes; faces render them.

HeadwaterError
|-- InvalidInputError        the caller's text or options cannot be used
|   |-- EmptyTextError
|   |-- TextTooLongError
|   `-- UnreadableRecordError  a record of a file to ingest
|-- NotFoundError            no such document or passage
`-- NotReadyError            the corpus or the model cannot answer yet
    |-- EmptyCorpusError
    |-- ModelMismatchError   the corpus was embedded by another model
    `-- CorpusUnavailableError  the database cannot be opened, read or written
"""

from __future__ import annotations


class HeadwaterError(Exception):
    """Base of all errors the product raises on purpose; `str()` is fit to show."""


class InvalidInputError(HeadwaterError):
    """The caller's text or options cannot be used."""


class EmptyTextError(InvalidInputError):
    """There is no word in the text."""

    def __init__(self, what: str = "text") -> None:
        super().__init__(f"the {what} is empty: there is no word to check in it")
        self.what = what


class TextTooLongError(InvalidInputError):
    """The text is longer than one request may be."""

    def __init__(self, length: int, limit: int, what: str = "text") -> None:
        super().__init__(f"the {what} is too long: {length:,} characters, the limit is {limit:,}")
        self.length, self.limit, self.what = length, limit, what


class UnreadableRecordError(InvalidInputError):
    """A record of a file cannot be read; the rest of the file goes in."""

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class NotFoundError(HeadwaterError):
    """There is no such thing in the corpus."""

    def __init__(self, what: str, identifier: str) -> None:
        super().__init__(f"no {what} {identifier!r} in the corpus")
        self.what, self.identifier = what, identifier


class NotReadyError(HeadwaterError):
    """The corpus or the model cannot answer yet; the message says what to do."""


class EmptyCorpusError(NotReadyError):
    """The corpus holds no document."""

    def __init__(self) -> None:
        super().__init__("the corpus is empty: run `headwater ingest PATH...` first")


class NoCorpusError(NotReadyError):
    """There is no corpus where one is looked for."""

    def __init__(self, place: str) -> None:
        super().__init__(f"there is no corpus at {place}: HEADWATER_DATABASE or --database says where it is")


class ModelMismatchError(NotReadyError):
    """The corpus was embedded by another model."""

    def __init__(self, stored: str, wanted: str) -> None:
        super().__init__(
            f"the corpus was embedded by {stored}, and the model in use here is {wanted}: run `headwater "
            "reindex` to index it by this one, or choose its own by `headwater models use` (`models list` names both)"
        )
        self.stored, self.wanted = stored, wanted


class CorpusUnavailableError(NotReadyError):
    """The database cannot be opened, read or written."""
