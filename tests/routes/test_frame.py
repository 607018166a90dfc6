"""What stands around every page: files kept for a year, scripts by nonce only, one plain page for old browsers."""

from __future__ import annotations

import re

from flask import Flask

from mediation.frame import link_numbers
from tests.pages import Browser


def test_a_style_sheet_is_small_on_the_wire_and_kept_for_a_year(browser: Browser) -> None:
    sheet = re.search(r'href="(/static/desk[^"]+)"', browser.get("/login").text)
    assert sheet is not None
    answer = browser.client.get(sheet.group(1), headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    plain = browser.client.get(sheet.group(1))
    assert "Content-Encoding" not in plain.headers
    assert len(answer.data) < len(plain.data) / 3
    answer.close()
    plain.close()


def test_a_page_itself_is_never_compressed(browser: Browser) -> None:
    answer = browser.client.get("/login", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers


def test_each_answer_has_a_nonce_of_its_own(browser: Browser) -> None:
    policies = {browser.get("/login").response.headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3
    assert all("unsafe" not in policy for policy in policies)


def test_an_old_browser_is_told_which_button_to_press(app: Flask) -> None:
    answer = app.test_client().get(
        "/", headers={"User-Agent": "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0)"}
    )
    assert "极速模式" in answer.get_data(as_text=True)
    assert "<script" not in answer.get_data(as_text=True)


def test_a_number_that_a_sentence_says_to_dial_is_tapped_and_no_other(app: Flask) -> None:
    said = link_numbers(
        "请找龙头村，电话 0739-5550111；有人身危险先打110。编号 2611-0012-2，110元，<b>13900001201"
    )
    assert re.findall(r'href="tel:([^"]+)"', said) == ["0739-5550111", "110", "13900001201"]
    assert "&lt;b&gt;" in said
