"""What a person says about a file; the bytes come beside it, so a case file cannot carry these steps."""

from __future__ import annotations

from marshmallow import fields

from mediation.case_payloads import one_of
from mediation.forms import Page, Text
from mediation.models import AttachmentKind

#: Kinds that a person may choose; the others are made by a page of their own.
KINDS = tuple(str(kind) for kind in AttachmentKind if kind not in ("electronic", "ruling"))


class FilePayload(Page):
    """What a file is, whose it is, and what it stands beside."""

    kind = one_of("file_kind", required=True)
    title = Text(limit=200)
    party = Text(limit=40)
    document = fields.Integer()
    page = fields.Integer()
    original = fields.Boolean(allow_none=True)
    origin = Text(limit=200)
    proves = Text(limit=300)


class RemovalPayload(Page):
    """Why a file is taken off the record."""

    reason = Text(kind="note")
