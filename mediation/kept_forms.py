"""A form sent after the login had run out: it travels through the login, sealed, and comes back to its author."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from mediation.keys import KeyMissing, KeyRing

#: Long enough to look for the password; after that the page and its text must be fetched by the draft.
KEPT_FOR = timedelta(minutes=30)
#: What one more field of the login form may weigh; longer ones wait on the device and on the page itself.
LONGEST = 300_000


@dataclass(frozen=True)
class KeptForm:
    """What somebody sent, and where to."""

    path: str
    fields: list[tuple[str, str]]
    draft: str


def seal(
    keys: KeyRing, path: str, fields: list[tuple[str, str]], *, owner: int | None, draft: str, at: datetime
) -> str:
    """The form as a text that only this installation can open; empty where it is too long.

    owner: the user whose login has run out, where that is known; nobody else gets the text back.
    """
    said = {"path": path, "fields": fields, "owner": owner, "draft": draft, "at": at.timestamp()}
    packed = zlib.compress(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
    sealed = keys.encrypt(base64.b64encode(packed).decode())
    return sealed if len(sealed) <= LONGEST else ""


def unseal(keys: KeyRing, sealed: str, *, user: int, at: datetime) -> KeptForm | None:
    """The form again; None where it is not ours, too old, or somebody else's."""
    if not sealed:
        return None
    try:
        # It was encrypted and authenticated here, so its insides are ours.
        said = json.loads(zlib.decompress(base64.b64decode(keys.decrypt(sealed))))
    except (KeyMissing, ValueError, zlib.error):
        return None
    if not timedelta() <= at - datetime.fromtimestamp(said["at"], at.tzinfo) <= KEPT_FOR:
        return None
    if said["owner"] not in (None, user):
        return None
    return KeptForm(said["path"], [(name, value) for name, value in said["fields"]], said["draft"])
