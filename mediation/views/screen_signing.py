"""What a page says where somebody signs without paper: the text, who may hold the pen, the QR, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import documents
from mediation.language import word
from mediation.models import Document, Party, SigningLink
from mediation.services.phone_signing import Standing
from mediation.views.formats import show_moment
from mediation.views.slips import draw_qr


@dataclass(frozen=True)
class Text:
    """A paper to be read on a screen."""

    title: str
    number: str
    blocks: tuple[documents.Block, ...]


@dataclass(frozen=True)
class Code:
    """A QR that was shown, and how far the signing has come."""

    standing: str
    position: int
    name: str
    until: str


@dataclass(frozen=True)
class Qr:
    """The path of an SVG, and its width in modules."""

    path: str
    size: int


def show_paper(paper: Document) -> Text:
    """All the words of the very paper, in order; its title stands above them already."""
    facts = documents.thaw(paper.type, paper.facts)
    blocks = documents.read_words(paper.type, paper.facts)
    kind = documents.find_kind(paper.type)
    return Text(kind.title, facts.number, tuple(block for block in blocks if block.kind != "title"))


def list_others(party: Party) -> list[tuple[str, str]]:
    """Who may sign instead of the party: (name, name and what they are)."""
    found = [(helper.name, word("helper", helper.kind)) for helper in party.helpers]
    if party.legal_representative:
        found.insert(0, (party.legal_representative, word("field", "legal_representative")))
    return [(name, f"{name}（{what}）") for name, what in found]


def show_code(link: SigningLink, standing: Standing) -> Code:
    """The page beside the party: whose code, until when, how far."""
    return Code(
        str(standing), link.party.position, link.signed_by or link.party.name, clock_of(link.expires_at)
    )


def clock_of(at: datetime) -> str:
    """10:20, by the clock in China."""
    return show_moment(at)[-5:]


def make_code(address: str) -> Qr:
    """The address as a QR."""
    return Qr(*draw_qr(address))
