"""Papers printed by the office above: what each side sees, these papers only, and what is written down."""

from __future__ import annotations

import pytest
from flask import Flask

from mediation.database import db
from mediation.models import AccessRecord
from tests import makers
from tests.makers import Planted
from tests.pages import Browser, Page, read_pdf

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")


def order(app: Flask, planted: Planted, copies: str = "2", *papers: str) -> Page:
    """The village sends its first paper, or these, up to the town."""
    village = Browser(app).log_in("v111")
    page = village.get(f"/cases/{planted.public_number}/print")
    chosen = papers or ("1",)
    fields = [("papers[]", one) for one in chosen] + [(f"copies-{one}", copies) for one in chosen]
    return village.follow(village.send(page, "/print", [*fields, ("fetcher", "用户v111"), ("note", "双面")]))


def job_of(page: Page) -> str:
    """The address of the order's papers on the town's page."""
    return next(a.get("href", "") for a in page.all("a") if "/printing/" in a.get("href", ""))


def badge(page: Page) -> str:
    """The number at the printing in the navigation."""
    link = next(a for a in page.all("a") if a.get("href") == "/printing")
    return "".join((span.text or "") for span in link.iter("span") if span.get("class") == "badge-count")


def test_a_village_sends_papers_and_the_town_prints_them_and_hands_them_over(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    sent = order(app, planted)
    assert "等着打印" in sent.words()
    town = Browser(app).log_in("t11")
    assert badge(town.get("/todo")) == "1"
    queue = town.get("/printing")
    for said in ("111村", planted.public_number, "2份", "用户v111", "双面"):
        assert said in queue.words(), said
    pdf = town.client.get(job_of(queue))
    assert pdf.mimetype == "application/pdf"
    assert planted.names[0] in read_pdf(pdf.data)
    ready = town.follow(town.send(queue, "/print_done"))
    assert "打好了，等人来取" in ready.words()
    assert badge(ready) == ""
    village = Browser(app).log_in("v111")
    assert "打好了，可以去取" in village.get(f"/cases/{planted.public_number}/docs").words()
    town.send(ready, "/print_fetched")
    assert "已取走" in village.get(f"/cases/{planted.public_number}/print").words()


def test_the_town_sees_these_papers_and_only_while_the_order_runs(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    town = Browser(app).log_in("t11")
    town.get("/printing/1/papers.pdf", 404)
    order(app, planted)
    queue = town.get("/printing")
    assert not [name for name in (*planted.names, *planted.story, *planted.numbers) if name in queue.text]
    for path in ("", "/papers/1", "/print", "/print-set.pdf", "/docs"):
        town.get(f"/cases/{planted.public_number}{path}", 404)
    paper = job_of(queue)
    assert town.client.get(paper).status_code == 200
    for stranger in ("t12", "v112", "m2", "c1"):
        Browser(app).log_in(stranger).get(paper, 404)
    ready = town.follow(town.send(queue, "/print_done"))
    town.send(ready, "/print_fetched")
    town.get(paper, 404)


def test_who_opened_what_to_print_it_is_written_down(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    order(app, planted, "1", "1", "2")
    town = Browser(app).log_in("t11")
    town.client.get(job_of(town.get("/printing")))
    with app.app_context():
        rows = db.session.query(AccessRecord).filter(AccessRecord.what.like("print order%")).all()
        assert [(row.action, row.what) for row in rows] == [("document", "print order 1 papers 1 2")]


def test_a_village_recalls_what_it_no_longer_needs(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    order(app, planted)
    village = Browser(app).log_in("v111")
    page = village.get(f"/cases/{planted.public_number}/print")
    assert "不用打印了" in village.follow(village.send(page, "/recall")).words()
    assert "没有要打印的" in Browser(app).log_in("t11").get("/printing").words()


def test_an_order_without_papers_or_with_odd_copies_comes_back_with_what_was_typed(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    village = Browser(app).log_in("v111")
    page = village.get(f"/cases/{planted.public_number}/print")
    told = [("papers[]", "1"), ("copies-1", "很多"), ("note", "放门卫")]
    again = village.send(page, "/print", told, 422)
    assert "份数请填1到99" in again.words()
    assert (again.field("copies-1"), again.field("note")) == ("很多", "放门卫")
    none = village.send(page, "/print", [("papers[]", ""), ("note", "放门卫")], 409)
    assert "请勾选要打印的文书" in none.words()
    assert none.field("note") == "放门卫"


def test_an_order_pressed_twice_is_one_order(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    village = Browser(app).log_in("v111")
    page = village.get(f"/cases/{planted.public_number}/print")
    for _ in range(2):
        village.send(page, "/print", [("papers[]", "1"), ("copies-1", "２")])
    words = Browser(app).log_in("t11").get("/printing").words()
    assert "等着打印（1）" in words
    assert "2份" in words


def test_printing_disturbs_nobody_who_is_writing(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    village = Browser(app).log_in("v111")
    form = village.get(f"/cases/{planted.public_number}/steps/investigate")
    order(app, planted)
    town = Browser(app).log_in("t11")
    town.send(town.get("/printing"), "/print_done")
    village.send(form, "/steps/investigate", [("note", "走访了两户邻居。")])


def test_the_pages_after_filing_and_after_the_agreement_offer_the_printer_above(app: Flask) -> None:
    planted = makers.make_case(app, state="agreed")
    village = Browser(app).log_in("v111")
    for path in ("done", "docs", "agreement/done"):
        page = village.get(f"/cases/{planted.public_number}/{path}")
        assert "没有打印机？发给11镇打印" in page.words(), path
        assert [a for a in page.all("a") if f"/cases/{planted.public_number}/print" in a.get("href", "")]


def test_the_paper_one_came_from_is_ticked(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    village = Browser(app).log_in("v111")
    page = village.get(f"/cases/{planted.public_number}/print?paper=2")
    assert [value for name, value in page.form_fields("/print") if name == "papers[]"] == ["2"]
    whole = village.get(f"/cases/{planted.public_number}/print")
    assert len([value for name, value in whole.form_fields("/print") if name == "papers[]"]) > 2


def test_a_blank_form_bears_the_committees_own_name(app: Flask) -> None:
    village = Browser(app).log_in("v111")
    page = village.get("/forms/blank")
    assert "人民调解申请书" in page.words()
    answer = village.client.get("/forms/blank/application_form.pdf")
    assert answer.mimetype == "application/pdf"
    assert "111村" in read_pdf(answer.data)
    village.get("/forms/blank/nothing.pdf", 404)


def test_what_the_printer_has_already_is_not_ticked_again(app: Flask, browser: Browser) -> None:
    number = makers.make_case(app, state="mediating").public_number
    browser.log_in("v111")
    page = browser.get(f"/cases/{number}/print")
    ticked = [one for one in page.all("input") if one.get("name") == "papers[]"]
    assert ticked and all(one.get("checked") is not None for one in ticked)
    again = browser.follow(browser.send(page, f"/cases/{number}/print", ()))
    left = [one for one in again.all("input") if one.get("name") == "papers[]"]
    assert left and all(one.get("checked") is None for one in left)
