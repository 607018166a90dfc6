"""A client that checks every page it fetches, as a strict reader would."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.makers import PASSWORD, find_person

#: What may stand before a page's heading in its title: that something is wrong, or asked.
HEADS = ("有错误：", "Error: ", "请再看一下：", "Please look again: ")
ID_NUMBER = re.compile(r"(?<![0-9])[1-9][0-9]{5}(19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx](?![0-9])")
LABELLED = ("input", "select", "textarea")
#: What html5lib complains of and the standard allows.
TOLERATED = {"unexpected-char-in-attribute"}


class Page:
    """A parsed page."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.text = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.root: Element = parser.parse(response.get_data())
        self.faults = [code for _, code, _ in parser.errors if code not in TOLERATED]

    def all(self, *tags: str) -> list[Element]:
        """Every element of these tags."""
        return [element for element in self.root.iter() if element.tag in tags]

    def words(self) -> str:
        """What a person reads, in one line."""
        body = self.root.find("body")
        return " ".join("".join(body.itertext()).split()) if body is not None else ""

    def field(self, name: str, place: int = 0) -> str:
        """The value of a field."""
        found = [element for element in self.all(*LABELLED) if element.get("name") == name][place]
        if found.tag == "textarea":
            return "".join(found.itertext()).lstrip("\n")
        if found.tag == "select":
            chosen = [option for option in found.iter("option") if option.get("selected") is not None]
            return chosen[0].get("value", "") if chosen else ""
        return found.get("value", "")

    def form_fields(self, part: str) -> list[tuple[str, str]]:
        """Everything that the form whose address contains `part` would send, buttons left alone."""
        form = next(f for f in self.all("form") if part in f.get("action", "") and f.get("method") == "post")
        found: list[tuple[str, str]] = []
        for element in form.iter():
            name = element.get("name")
            if element.tag not in LABELLED or not name:
                continue
            if element.get("type") in ("checkbox", "radio") and element.get("checked") is None:
                continue
            if element.tag == "select":
                chosen = [o.get("value", "") for o in element.iter("option") if o.get("selected") is not None]
                found.append((name, chosen[0] if chosen else ""))
            elif element.tag == "textarea":
                found.append((name, "".join(element.itertext()).lstrip("\n")))
            else:
                found.append((name, element.get("value", "")))
        return found


def check_page(page: Page, *, numbers: bool = False) -> None:
    """The house style of every page; `numbers` where the page was asked to show them."""
    assert not page.faults, page.faults
    headings = page.all("h1")
    assert len(headings) == 1, [h.text for h in headings]
    title = "".join(page.all("title")[0].itertext())
    heading = " ".join("".join(headings[0].itertext()).split())
    plain = " ".join(title.split())
    assert any(plain.removeprefix(head).startswith(heading) for head in HEADS), (title, heading)
    _check_ids(page)
    _check_forms(page)
    assert page.all("html")[0].get("lang") in ("zh-CN", "en")
    assert not page.all("style"), "nothing inline"
    allowed = page.response.headers["Content-Security-Policy"]
    for script in page.all("script"):
        assert script.get("src", "").startswith("/static/"), "a script is a file of ours"
        assert f"'nonce-{script.get('nonce')}'" in allowed
        assert not (script.text or "").strip(), "nothing inline"
    assert not [
        e for e in page.root.iter() if e.get("style") or any(key.startswith("on") for key in e.attrib)
    ]
    if not numbers:
        assert not ID_NUMBER.search(page.text), "an identity number on a page"


def _check_ids(page: Page) -> None:
    ids = [element.get("id") for element in page.root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    labels = {label.get("for") for label in page.all("label")}
    for element in page.all(*LABELLED):
        if element.get("type") not in ("hidden", "submit"):
            assert element.get("id") in labels, f"{element.get('name')} has no label"
    for element in page.all("a"):
        target = element.get("href", "")
        if target.startswith("#"):
            assert target[1:] in ids, f"{target} leads nowhere"
    for element in page.root.iter():
        for described in (element.get("aria-describedby") or "").split():
            assert described in ids, f"{described} describes nothing"


def _check_forms(page: Page) -> None:
    for form in page.all("form"):
        assert form.get("action", "").startswith("/"), "a form says where it goes"
        names = {element.get("name") for element in form.iter("input")}
        if form.get("method") == "post":
            assert "csrf_token" in names, form.get("action")


@cache
def read_pdf(pdf: bytes) -> str:
    """The text of a paper, and what it says about itself."""
    reader = PdfReader(BytesIO(pdf))
    return "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)


class Browser:
    """Somebody at a browser: fetches pages, fills in their forms, and has every page checked."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def get(self, path: str, status: int = 200, **more: Any) -> Page:
        """Fetch a page and check it."""
        response = self.client.get(path, **more)
        assert response.status_code == status, (response.status_code, response.get_data(as_text=True)[:3000])
        page = Page(response)
        if response.mimetype == "text/html" and status not in (301, 302, 303):
            check_page(page)
        return page

    def send(
        self, page: Page, part: str, changes: Iterable[tuple[str, str]] = (), status: int = 303, **more: Any
    ) -> Page:
        """Send a page's form with some fields filled in; those named replace what stood there."""
        changed = list(changes)
        names = {name for name, _ in changed}
        form = next(f for f in page.all("form") if part in f.get("action", "") and f.get("method") == "post")
        fields = [(n, v) for n, v in page.form_fields(part) if n not in names] + changed
        return self.post(form.get("action", ""), fields, status, **more)

    def post(self, path: str, fields: Iterable[tuple[str, str]], status: int = 303, **more: Any) -> Page:
        """Send fields to an address."""
        numbers = bool(more.pop("numbers", False))
        response = self.client.post(path, data=MultiDict(list(fields)), **more)
        assert response.status_code == status, (response.status_code, response.get_data(as_text=True)[:6000])
        page = Page(response)
        if response.mimetype == "text/html" and status not in (204, 303):
            check_page(page, numbers=numbers)
        return page

    def log_in(self, key: str, password: str = PASSWORD, status: int = 303) -> Browser:
        """Log in as one of the people of all tests."""
        page = self.get("/login")
        self.send(page, "/login", [("phone", find_person(key).phone), ("password", password)], status)
        return self

    def follow(self, page: Page) -> Page:
        """Go where a redirect leads."""
        return self.get(page.response.headers["Location"])

    def token(self) -> str:
        """A form's token, for requests made by hand."""
        return self.get("/me").field("csrf_token")
