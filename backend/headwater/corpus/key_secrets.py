"""What a key looks like, and how one is known again without being kept.

A key is `hw_<id>_<secret>`: the id is public and finds the row, the secret has 256 bits and is kept as a hash only. So
many bits cannot be guessed from the hash, however fast it is, so no slow one is needed; it is keyed with the id, so
that the hash of one row is of no use in another.
"""

from __future__ import annotations

import hmac
import re
import secrets
import string
from dataclasses import dataclass
from hashlib import blake2b

ID_LETTERS = string.ascii_lowercase + string.digits
ID_LENGTH = 10  # 51 bits: no two of some thousand keys are alike, and creation looks first
SECRET_LETTERS = string.ascii_letters + string.digits
SECRET_LENGTH = 43  # of 62 letters: 256 bits
WRITTEN = re.compile(rf"hw_([a-z0-9]{{{ID_LENGTH}}})_([A-Za-z0-9]{{{SECRET_LENGTH}}})")
PERSON = b"headwater key v1"  # another use of the same secret makes another hash
NO_HASH = "0" * 64  # what an unknown id is compared with, so that it takes as long as a known one


@dataclass(frozen=True, slots=True)
class WrittenKey:
    """A key as a caller writes it; `str()` shows its id alone.

    Args:
        key_id: Finds the row.
        secret: Shown once, never kept.
    """

    key_id: str
    secret: str

    def __str__(self) -> str:
        return f"hw_{self.key_id}_..."

    __repr__ = __str__

    @property
    def written(self) -> str:
        """The whole key, to be handed to its owner."""
        return f"hw_{self.key_id}_{self.secret}"


def make_key() -> WrittenKey:
    """Make a new key from the system's randomness."""
    return WrittenKey(_letters(ID_LETTERS, ID_LENGTH), _letters(SECRET_LETTERS, SECRET_LENGTH))


def find_key(written: str) -> WrittenKey | None:
    """Return the parts of a key, or None where the text has not the form of one.

    Args:
        written: As it was sent, of any length.
    """
    match = WRITTEN.fullmatch(written)
    return WrittenKey(match[1], match[2]) if match else None


def hash_secret(key: WrittenKey) -> str:
    """Return what is kept of a secret, in hexadecimal.

    Args:
        key: With its secret.
    """
    return blake2b(key.secret.encode(), key=key.key_id.encode(), person=PERSON, digest_size=32).hexdigest()


def is_secret_of(key: WrittenKey, kept: str) -> bool:
    """Say whether a key has the secret that a hash was made of, in a time that tells nothing of either.

    Args:
        key: As it was sent.
        kept: The hash; `NO_HASH` where there is no such key.
    """
    return hmac.compare_digest(hash_secret(key), kept)


def _letters(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))
