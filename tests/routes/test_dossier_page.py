"""The page of the bound file: what it lacks, what is in it, the volume, all copies for the printer."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import makers
from tests.pages import Browser, read_pdf

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")


def test_the_page_says_what_is_missing_and_binds_the_rest(app: Flask) -> None:
    planted = makers.make_case(app, state="performing")
    browser = Browser(app).log_in("v111")
    page = browser.get(f"/cases/{planted.public_number}/dossier")
    assert "签好的协议书（还没拍）" in page.words()
    assert "谁能补：调解员" in page.words()
    volume = browser.client.get(f"/cases/{planted.public_number}/dossier.pdf")
    assert volume.mimetype == "application/pdf"
    assert "卷内目录" in read_pdf(volume.data)
    assert not [number for number in planted.numbers[:2] if number in read_pdf(volume.data)]
    again = browser.client.get(f"/cases/{planted.public_number}/dossier.pdf")
    assert again.data == volume.data


def test_a_case_without_papers_has_nothing_to_print(app: Flask) -> None:
    planted = makers.make_case(app, state="filed")
    browser = Browser(app).log_in("v111")
    assert "还没有文书" in browser.get(f"/cases/{planted.public_number}/dossier").words()
    browser.get(f"/cases/{planted.public_number}/print-set.pdf", 404)
    browser.get(f"/cases/{planted.public_number}/dossier.pdf", 404)


def test_the_court_and_strangers_get_no_bound_file(app: Flask) -> None:
    planted = makers.make_case(app, state="in_court")
    for who, status in (("j1", 403), ("v211", 404)):
        for address in ("dossier", "dossier.pdf", "print-set.pdf"):
            Browser(app).log_in(who).get(f"/cases/{planted.public_number}/{address}", status)
