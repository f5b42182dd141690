"""The errors of the package; `str()` of each is fit to show.

EmbeddingsError
|-- UnknownModelError       no model of that name, and no folder of that path
|-- ModelNotBuiltError      the fast encoder has not been built yet
|-- UnusableModelError      the folder holds no model that may be loaded
|-- WeightsTamperedError    a file is not, byte for byte, the one it has to be
|-- DisagreementError       the encoder's vectors are not those of the reference
|-- VectorShapeError        vectors of another width than the index has
`-- IndexDamagedError       the files of an index are not what they say they are
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class EmbeddingsError(Exception):
    """Base of all errors the package raises on purpose."""


class UnknownModelError(EmbeddingsError):
    """There is no model of that name, and no folder of that path."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(
            f"no embedding model {name!r}: known are {', '.join(self.known)}, "
            "or give the path of a folder that holds a sentence-transformers model; "
            "`headwater models add FOLDER` registers one under a name"
        )


class ModelNotBuiltError(EmbeddingsError):
    """The fast encoder has not been built on this machine yet."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        super().__init__(f"the embedding model {name!r} is not built ({folder}): run `headwater models build`")


class UnusableModelError(EmbeddingsError):
    """The folder holds no model that may be loaded."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"cannot use the embedding model in {folder}: {reason}")


class WeightsTamperedError(EmbeddingsError):
    """A file is not, byte for byte, the one it has to be."""

    def __init__(self, path: Path, expected: str, found: str, *, cure: str) -> None:
        self.path, self.expected, self.found, self.cure = path, expected, found, cure
        super().__init__(f"{path} is not the file it has to be: sha256 {expected} expected, {found} found; {cure}")


class DisagreementError(EmbeddingsError):
    """The encoder's vectors are not those of the reference."""

    def __init__(self, what: str, cosine: float, floor: float) -> None:
        self.what, self.cosine, self.floor = what, cosine, floor
        super().__init__(
            f"{what} disagrees with the reference model: cosine {cosine:.4f}, at least {floor} is needed; "
            "run `headwater models build` on this machine"
        )


class VectorShapeError(EmbeddingsError):
    """Vectors of another width than the index has."""

    def __init__(self, expected: int, found: tuple[int, ...]) -> None:
        self.expected, self.found = expected, found
        super().__init__(f"vectors of shape (n, {expected}) expected, {found} found")


class IndexDamagedError(EmbeddingsError):
    """The files of an index are not what they say they are; they can be made again from the database."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"the index in {folder} cannot be used: {reason}; it is made again from the database")
