"""What a village says when it has papers printed by the office above; a case file has no such steps."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Range

from mediation.forms import Page, Payload, Text

COPIES = "份数请填1到99。"


class LinePayload(Payload):
    """So many copies of one paper, by its number in the case."""

    paper = fields.Integer(strict=True, required=True)
    copies = fields.Integer(
        required=True, validate=Range(1, 99, error=COPIES), error_messages={"invalid": COPIES}
    )


class PrintOrderPayload(Page):
    """The papers, who fetches them and when."""

    papers = fields.List(fields.Nested(LinePayload))
    fetcher = Text(limit=100)
    fetch_when = Text(limit=100)
    note = Text(limit=200)
