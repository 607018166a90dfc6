"""Markup in a name is a strange name, nothing more: it is printed as typed and fetches nothing."""

import threading
from dataclasses import fields, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from documents import CATALOGUE, DocumentError, facts, freeze, render, sheets
from tests.documents.paper_samples import PAIR, agreement, make

PAYLOADS = (
    "<img src=http://127.0.0.1:PORT/a>",
    "{{7*7}}{% raw %}${7*7}",
    "<link rel=attachment href=file:///etc/passwd>",
    "<link rel=stylesheet href=http://127.0.0.1:PORT/b>",
    "<style>@import url(http://127.0.0.1:PORT/c);</style>",
    "</p></body><!--",
    "]]><script>alert(1)</script>",
    "<svg><image href='http://127.0.0.1:PORT/d'/></svg>",
    '"\' style="background:url(//127.0.0.1:PORT/e)"',
    "&lt;b&gt;&#x4e2d;&amp;",
)


@pytest.fixture
def listener() -> Any:
    """A server that counts who calls."""
    calls: list[str] = []

    class Counter(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, calls
    server.shutdown()
    server.server_close()


def poison(value: Any, text: str) -> Any:
    """The value with ``text`` in every text field, however deep; only the word that decides the lines is left."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(poison(item, text) for item in value)
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, facts.LawFacts):
        keep = {"kind"} if isinstance(value, facts.PartyFacts) else set()
        return replace(
            value,
            **{f.name: poison(getattr(value, f.name), text) for f in fields(value) if f.name not in keep},
        )
    return value


def squeeze(text: str) -> str:
    """The text without spaces and line ends."""
    return "".join(text.split())


def test_markup_in_every_field_is_printed_as_typed(listener: Any) -> None:
    port, calls = listener
    for no, payload in enumerate(PAYLOADS):
        typed = payload.replace("PORT", str(port))
        code = list(CATALOGUE)[no]
        paper = render(code, freeze(poison(make(CATALOGUE[code].facts), typed)))
        reader = PdfReader(BytesIO(paper.pdf))
        assert squeeze(typed) in squeeze("".join(page.extract_text() for page in reader.pages))
        assert not reader.attachments
        # 7*7 stays a sum; the other payloads may name a port that has these digits.
        if "7*7" in typed:
            assert "49" not in "".join(page.extract_text() for page in reader.pages[:1])
    assert calls == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_no_field_of_any_kind_reaches_the_page_as_markup(code: str) -> None:
    kind = CATALOGUE[code]
    html = sheets.write_html(kind, poison(make(kind.facts), '<i id="planted">'))
    assert "planted" in html and '<i id="planted">' not in html and "<i id=" not in html


def test_a_template_that_asks_for_an_address_stops_the_paper(
    monkeypatch: pytest.MonkeyPatch, listener: Any
) -> None:
    port, calls = listener
    monkeypatch.setattr(
        sheets, "write_html", lambda *_, **__: f"<p>甲<img src='http://127.0.0.1:{port}/x'></p>"
    )
    with pytest.raises(DocumentError, match="外部地址"):
        render("agreement", freeze(agreement(PAIR)))
    assert calls == []


def test_a_missing_glyph_stops_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "write_html", lambda *_, **__: "<p>甲\U0010fff0</p>")
    with pytest.raises(DocumentError, match="排版时出现问题"):
        render("agreement", freeze(agreement(PAIR)))
