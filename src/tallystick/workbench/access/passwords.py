"""Passwords: what somebody typed comes in, an argon2 hash or whether it is the right one goes out."""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tallystick.errors import AccountError

__all__ = ["SHORTEST", "Passwords"]

# NIST SP 800-63B asks for 15 letters where a password is all there is, and 8 beside a second factor; guessing here is
# limited by name and by address as well. A sentence of four words has more than these.
SHORTEST = 12
# More is no password but an attack on the hasher.
LONGEST = 256
# Each hash takes 64 MiB and all cores for a moment: more at once would only take memory from the case.
AT_ONCE = 2


class Passwords:
    """Hashes passwords and holds them against their hashes."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Take a hasher; None takes argon2id with the parameters of RFC 9106 for little memory."""
        self._hasher = hasher or PasswordHasher()
        self._turn = BoundedSemaphore(AT_ONCE)
        # What a wrong name is held against, so that it takes as long as a wrong password.
        self._nobody = self._hasher.hash("nobody has this password")

    def kept(self, password: str, repeated: str, name: str) -> str:
        """Give the hash of a new password of `name`.

        Raises:
            AccountError: Where it is too short or too long, holds hardly more than the name, or was mistyped.
        """
        if password != repeated:
            raise AccountError("the two passwords are not the same")
        text = _letters(password)
        if len(text) < SHORTEST:
            raise AccountError(f"a password has at least {SHORTEST} letters; four words that only you put together do")
        if len(text) > LONGEST:
            raise AccountError(f"a password has at most {LONGEST} letters")
        if len(set(text.casefold().replace(_letters(name).casefold(), ""))) < SHORTEST // 3:
            raise AccountError("this password is too easy to guess; take four words that only you put together")
        with self._turn:
            return self._hasher.hash(text)

    def right(self, password: str, held: str | None) -> bool:
        """Whether `password` is the one with the hash `held`; without a hash it never is, and takes as long."""
        with self._turn:
            try:
                found = self._hasher.verify(held or self._nobody, _letters(password)[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return False
        return found and held is not None

    def outdated(self, held: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(held)

    def anew(self, password: str) -> str:
        """Give the hash of a password that is right, with today's parameters."""
        with self._turn:
            return self._hasher.hash(_letters(password))


def _letters(password: str) -> str:
    """A password as it is hashed: the same whichever keyboard put its letters together."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode("utf-8")
