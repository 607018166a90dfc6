"""当事人次序: up and down, one party by one place, before and while an agreement is written."""

from __future__ import annotations

from flask import Flask

from tests import makers
from tests.pages import Browser


def names(browser: Browser, number: str) -> list[str]:
    """The parties as the page of their order lists them."""
    page = browser.get(f"/cases/{number}/agreement/order")
    return [
        "".join(item.find("span").itertext()).split()[-1]
        for item in page.all("li")
        if item.find("form") is not None
    ]


def test_a_case_that_is_not_agreed_yet_has_a_page_to_put_its_parties_in_order(app: Flask) -> None:
    number = makers.make_case(app, state="mediating").public_number
    browser = Browser(app).log_in("v111")
    assert f"/cases/{number}/agreement/order" in [
        a.get("href") for a in browser.get(f"/cases/{number}").all("a")
    ]
    first, second = names(browser, number)
    page = browser.get(f"/cases/{number}/agreement/order")
    answer = browser.send(page, "/agreement/order", [("way", "down")], 303)
    assert answer.response.headers["Location"].endswith(f"/cases/{number}/agreement/order")
    assert names(browser, number) == [second, first]
