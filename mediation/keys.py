"""The installation's keys: kept beside the database, never in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_PREFIX = "aes1:"  # the algorithm, so that another (SM4) can be told apart later


class KeyMissing(RuntimeError):
    """The key file is not there, cannot be read, or does not fit the data."""


@dataclass(frozen=True)
class KeyRing:
    """One master secret, and the keys derived from it for each use."""

    master: bytes

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose; knowing one tells nothing of another."""
        return hmac.new(self.master, purpose.encode(), hashlib.sha256).digest()

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.derive("fields"))

    @cached_property
    def _lookup_key(self) -> bytes:
        return self.derive("lookup")

    @cached_property
    def chain_key(self) -> bytes:
        """Signs the history's chain; without it nobody can write a history that verifies."""
        return self.derive("history")

    def encrypt(self, text: str) -> str:
        """Text as it is kept in the database: AES-256-GCM, a fresh nonce each time."""
        nonce = secrets.token_bytes(12)
        sealed = self._cipher.encrypt(nonce, text.encode(), None)
        return _PREFIX + base64.b64encode(nonce + sealed).decode()

    def decrypt(self, kept: str) -> str:
        """The text again; raises KeyMissing where the key does not fit."""
        raw = base64.b64decode(kept.removeprefix(_PREFIX))
        try:
            return self._cipher.decrypt(raw[:12], raw[12:], None).decode()
        except InvalidTag as error:
            raise KeyMissing("the key does not fit the data; restore instance/keys.json") from error

    def fingerprint(self, value: str) -> str:
        """A keyed hash for look-up: equal values are found, and nobody without the key can guess them."""
        return hmac.new(self._lookup_key, value.encode(), hashlib.sha256).hexdigest()


def load_keys(instance: Path) -> KeyRing:
    """The installation's keys, made on the first start; raises KeyMissing when the file cannot be used."""
    path = instance / "keys.json"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        _write_once(path, json.dumps({"master": secrets.token_hex(32)}))
    try:
        return KeyRing(bytes.fromhex(json.loads(path.read_text("utf-8"))["master"]))
    except (OSError, ValueError, KeyError) as error:
        raise KeyMissing(f"{path} cannot be used: {error}") from error


def _write_once(path: Path, text: str) -> None:
    # Written aside and linked into place: of several processes starting at once exactly one wins, and no
    # reader ever meets half a file.
    draft = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
