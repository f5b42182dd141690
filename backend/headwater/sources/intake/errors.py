"""Why a file that was handed over cannot be read, in words for whoever handed it over."""

from __future__ import annotations

from headwater.domain.errors import InvalidInputError


class UnreadableFileError(InvalidInputError):
    """A file is damaged, locked, of a kind that is not read, or holds no words."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}" if name else reason)
        self.name, self.reason = name, reason


class FileTooLargeError(InvalidInputError):
    """A file is larger than one may be, or becomes so when it is unpacked."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}" if name else reason)
        self.name, self.reason = name, reason
