"""提交申请 and 先问问: five pages and a check, filed once; a guide that asks no name and keeps nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from mediation.database import begin_writing, db
from mediation.models import Application, Case, Notice, TryCount
from mediation.services import guessing
from mediation.services.desk import Desk
from tests import makers
from tests.pages import Browser, Page

WHAT = [("type", "neighbourhood"), ("sentence", "排水沟堵了，水流到我家"), ("want", "把沟挖开")]
YOU = [("name", "王小明"), ("phone", "13812345678"), ("for_family", "no")]
OTHER = [("name-0", "村东头老李")]


def page_of(browser: Browser, name: str, answers: list[tuple[str, str]], status: int = 303) -> Page:
    page = browser.get("/apply" if name == "what" else f"/apply/{name}")
    return browser.send(page, f"/apply/{name}", answers, status)


def fill_in(browser: Browser, village: str = "") -> None:
    for name, answers in (("what", WHAT), ("you", YOU), ("other", OTHER)):
        page_of(browser, name, answers)
    town = makers.org_code(1, 1)
    asked = page_of(browser, "where", [("town", town)], 200)
    assert "111村" in asked.words()
    browser.send(asked, "/apply/where", [("village", village or makers.org_code(1, 1, 1))])


def send(browser: Browser, status: int = 303) -> Page:
    return browser.send(browser.get("/apply/check"), "/apply/send", [("agreed", "1")], status)


def count(app: Flask, kind: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(kind)) or 0


def test_five_pages_and_a_check_make_one_case_however_often_the_button_is_pressed(app: Flask) -> None:
    browser = Browser(app)
    fill_in(browser)
    check = browser.get("/apply/check")
    assert all(word in check.words() for word in ("王小明", "13812345678", "村东头老李", "排水沟", "111村"))
    for _ in range(3):
        browser.send(check, "/apply/send", [("agreed", "1")])
    assert count(app, Case) == 1
    done = browser.get("/apply/done")
    assert done.words() == browser.get("/apply/done").words()
    assert "提交成功" in done.words() and "11月26日（周四）前有人打电话给您" in done.words()
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert case.holder.code == makers.org_code(1, 1, 1) and case.source == "party"
        assert case.entries[0].by_name == "居民网上申请" and case.entries[0].user_id is None
        assert [party.name for party in case.parties] == ["王小明", "村东头老李"]
        [row] = db.session.scalars(select(Notice)).all()
        assert row.template == "N01" and row.code and row.code not in row.text
        assert row.code in done.text.replace(" ", "").replace("</p>", "") or row.code[:4] in done.text
        kept = db.session.execute(text("SELECT * FROM applications")).all()
        assert "王小明" not in str(kept) and row.code not in str(kept)
    assert browser.get("/apply/check", 303).response.headers["Location"] == "/apply/done"


def test_the_code_on_the_receipt_opens_the_page(app: Flask) -> None:
    browser = Browser(app)
    fill_in(browser)
    send(browser)
    done = browser.get("/apply/done")
    number = next("".join(p.itertext()) for p in done.all("p") if p.get("class") == "number")
    code = next("".join(p.itertext()) for p in done.all("p") if p.get("class") == "code")
    page = browser.get("/track")
    browser.send(page, "/track", [("number", number), ("code", code)])
    assert "您的申请已收到" in browser.get("/track/case").words()


def test_the_committee_finds_it_among_its_own(app: Flask) -> None:
    browser = Browser(app)
    fill_in(browser)
    send(browser)
    assert "村东头老李" in Browser(app).log_in("v111").get("/cases").words()
    assert "村东头老李" not in Browser(app).log_in("v211").get("/cases").words()


def test_who_does_not_know_the_place_is_taken_by_the_county(app: Flask) -> None:
    browser = Browser(app)
    for name, answers in (("what", WHAT), ("you", YOU), ("other", OTHER)):
        page_of(browser, name, answers)
    page_of(browser, "where", [("town", "unknown")])
    send(browser)
    with app.app_context():
        assert db.session.scalars(select(Case)).one().holder.level == "county"


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        ("what", [("sentence", "吵架")], "请点一下是哪一类的事"),
        ("what", [("type", "neighbourhood"), ("sentence", "")], "请点一个原因，或者写一句话"),
        ("you", [("name", ""), ("phone", "13812345678")], "请填写姓名"),
        ("you", [("name", "王小明"), ("phone", "1381234567")], "位"),
        ("you", [("name", "王大爷"), ("phone", "13812345678"), ("for_family", "yes")], "替家人办的"),
        ("other", [("name-0", "")], "请填写对方的姓名"),
        ("where", [("town", "")], "请选一个乡镇"),
    ],
)
def test_a_mistake_is_said_in_words_and_nothing_typed_is_lost(
    app: Flask, name: str, answers: list[tuple[str, str]], words: str
) -> None:
    browser = Browser(app)
    page = page_of(browser, name, answers, 422)
    assert words in page.words()
    for field, typed in answers:
        if field not in ("type", "for_family", "town"):
            assert page.field(field) == typed


def test_nothing_is_sent_before_the_box_is_ticked(app: Flask) -> None:
    browser = Browser(app)
    fill_in(browser)
    page = browser.send(browser.get("/apply/check"), "/apply/send", [], 422)
    assert "请先勾选同意调解" in page.words()
    assert count(app, Case) == 0


def test_a_change_leads_back_to_the_check_page(app: Flask) -> None:
    browser = Browser(app)
    fill_in(browser)
    page = browser.get("/apply/other?to=check")
    answer = browser.send(page, "/apply/other", [("name-0", "李四"), ("phone-0", "0739-3661234")])
    assert answer.response.headers["Location"] == "/apply/check"
    assert "李四" in browser.get("/apply/check").words() and "排水沟" in browser.get("/apply/check").words()


def test_a_page_left_out_is_asked_first(app: Flask) -> None:
    browser = Browser(app)
    assert browser.get("/apply/check", 303).response.headers["Location"] == "/apply"
    page_of(browser, "what", WHAT)
    assert browser.get("/apply/check", 303).response.headers["Location"] == "/apply/you"


def test_a_shared_computer_is_cleared(app: Flask) -> None:
    browser = Browser(app)
    fill_in(browser)
    browser.send(browser.get("/apply/check"), "/apply/clear", [])
    assert count(app, Application) == 0
    assert browser.get("/apply/you").field("name") == ""


def test_the_guide_asks_no_name_and_keeps_nothing_and_carries_its_answers_over(app: Flask) -> None:
    browser = Browser(app)
    page = browser.get("/guide")
    chosen = {"who": "neighbour", "type": "neighbourhood", "danger": "none", "court": "no", "want": "talk"}
    for _ in range(6):
        assert not [f for f in page.all("input", "textarea") if f.get("type") not in ("hidden", None)]
        question = page.field("asked")
        value = chosen.get(question) or page.all("button")[-2].get("value", "") or "unknown"
        if question == "causes":
            choices = [b.get("value", "") for b in page.all("button") if b.get("name") == "causes"]
            value = choices[0]
        page = browser.send(page, "/guide", [(question, value)], 200)
    assert "可以申请调解" in page.words() and "可以打印的信" in page.words()
    first = browser.send(page, "/apply", [], 200)
    assert first.all("form") and 'value="neighbourhood" checked' in first.text
    for kind in (Application, Case, TryCount, Notice):
        assert count(app, kind) == 0


def test_danger_comes_first_and_violence_gets_the_quick_exit(app: Flask) -> None:
    browser = Browser(app)
    answers = [
        ("who", "family"), ("type", "marriage_family"), ("causes", "unknown"), ("danger", "home"), ("court", "no"),
        ("want", "stop"),
    ]  # fmt: skip
    page = browser.send(browser.get("/guide"), "/guide", answers, 200)
    assert "110" in page.words() and "12338" in page.words() and "快速离开" in page.words()
    assert "可以打印的信" not in page.words()


def test_home_has_three_doors_and_no_staff_leaves_by_them(app: Flask) -> None:
    page = Browser(app).get("/")
    links = [a.get("href") for a in page.all("a")]
    assert [link for link in links if link in ("/apply", "/track", "/guide")] == [
        "/apply",
        "/track",
        "/guide",
    ]
    assert Browser(app).log_in("v111").get("/", 303).response.headers["Location"] == "/todo"


def test_a_flood_of_applications_from_one_address_is_stopped_and_nothing_typed_is_lost(app: Flask) -> None:
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        for _ in range(20):
            guessing.count_wrong(desk, guessing.applications_of(desk, "127.0.0.1"))
        db.session.commit()
    browser = Browser(app)
    fill_in(browser)
    assert "15分钟" in send(browser, 429).words() and "王小明" in browser.get("/apply/check").words()
    assert count(app, Case) == 0
