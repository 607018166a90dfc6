"""What a person reads who cannot do something now: what stands in the way, whose it is, and where to go instead."""

from __future__ import annotations

import pytest
from flask import Flask, g
from sqlalchemy import select

from documents import DocumentError
from mediation.database import db
from mediation.errors import answer
from mediation.models import Organisation
from tests import makers
from tests.pages import Browser, Page
from workflows import Reason


def refused(app: Flask, number: str, step: str, who: str = "v111", status: int = 409) -> Page:
    """The page of a step that cannot be taken."""
    return Browser(app).log_in(who).get(f"/cases/{number}/steps/{step}", status)


@pytest.mark.parametrize("step", ["flag_danger", "flag_suspicion"])
def test_a_danger_in_a_closed_case_is_never_called_done(app: Flask, step: str) -> None:
    planted = makers.make_case(app, state="closed")
    page = refused(app, planted.public_number, step)
    assert "这一步不用再做" not in page.words() and "已经结案" in page.words()
    assert ("有人身危险先打110" in page.words()) == (step == "flag_danger")
    assert f'href="/cases/{planted.public_number}/steps/reopen"' in page.text
    assert "去归档" not in page.words()


def test_what_happened_is_told_without_an_actor_where_a_file_or_the_system_did_it(app: Flask) -> None:
    planted = makers.make_case(app, state="performing")
    words = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/withdraw", 409).words()
    assert "协议已经生效了，现在不能再撤回申请" in words
    assert "系统 2" not in words and "测试 2" not in words and "这一步不用再做" not in words
    closed = makers.make_case(app, state="closed", serial=2)
    words = refused(app, closed.public_number, "pause").words()
    assert "现在不能再暂停计时" in words and "测试 2" not in words


def test_a_step_of_another_office_is_refused_with_that_office_and_its_telephone(app: Flask) -> None:
    planted = makers.make_case(app, state="handed_up")
    with app.app_context():
        case = makers.load_case(planted.public_number)
        town = case.holder.parent
        assert town is not None and town.committee is not None
        name, town.phone = town.committee.name, "0739-3600001"
        db.session.commit()
    words = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/handed", 403).words()
    assert "这一步不归您办：" in words and f"“接收”由{name}的调解员、管理人员来办" in words
    assert "请打 0739-3600001 问他们" in words and "请联系他们" not in words


def test_whoever_handed_a_case_up_is_told_who_has_it_and_not_to_do_what_cannot_be_done(app: Flask) -> None:
    planted = makers.make_case(app, state="handed_up")
    for step in ("pause", "perform", "invite_expert"):
        words = refused(app, planted.public_number, step).words()
        assert "已上交11镇，等他们接收" in words and "请先办现在该办的步骤" not in words


@pytest.mark.parametrize(
    ("state", "step", "sentence", "onward"),
    [
        ("filed", "perform", "这件事还没有受理。先受理", "steps/accept"),
        ("filed", "apply_confirmation", "这件事还没有受理。先受理", "steps/accept"),
        ("mediating", "perform", "还没有协议，没有要履行的", "agreement"),
        ("mediating", "default", "还没有协议，没有要履行的", "agreement"),
        ("mediating", "resume", "没有暂停", "sessions/new"),
        ("mediating", "archive", "还没有结案，不能归档", "sessions/new"),
    ],
)
def test_what_comes_first_is_said_and_led_to(
    app: Flask, state: str, step: str, sentence: str, onward: str
) -> None:
    planted = makers.make_case(app, state=state)
    page = refused(app, planted.public_number, step)
    assert sentence in page.words() and "只能在" not in page.words()
    assert any(onward in link.get("href", "") for link in page.all("a") if "button" in link.get("class", ""))


@pytest.mark.parametrize("page", ["readiness", "thirty-days", "ledger"])
def test_what_hangs_on_an_agreement_leads_to_writing_it(app: Flask, page: str) -> None:
    planted = makers.make_case(app, state="mediating")
    shown = Browser(app).log_in("v111").get(f"/cases/{planted.public_number}/{page}", 409)
    assert (
        "还没有写协议，先去写协议" in shown.words() and "写协议" in shown.words().split("没有改动这件事。")[1]
    )
    Browser(app).log_in("v211").get(f"/cases/{planted.public_number}/{page}", 404)


def test_nobody_is_sent_to_oneself(app: Flask) -> None:
    planted = makers.make_case(app, state="filed")
    browser = Browser(app).log_in("v111")
    page = browser.get(f"/cases/{planted.public_number}/steps/accept")
    words = browser.send(page, "/steps/accept", [("consents[]", "a1"), ("mediators", "某人")], 409).words()
    assert "同意的在“同意的当事人”里勾上" in words and "本人办理" not in words


def test_a_reason_names_who_can_help_except_to_the_one_who_reads_it() -> None:
    reason = Reason("seal_missing", "还没有盖章。", "No seal.", who="调解员、管理人员")
    assert reason.in_words() == "还没有盖章。（由调解员、管理人员办理）"
    assert reason.in_words(reader="调解员") == "还没有盖章。"
    assert reason.in_words(reader="法院联络员").endswith("办理）")


def test_a_page_of_another_role_names_whoever_leads_the_readers_own_office(app: Flask) -> None:
    with app.app_context():
        office = db.session.scalars(
            select(Organisation).where(Organisation.code == makers.org_code(1, 1))
        ).one()
        office.phone = "0739-3600001"
        db.session.commit()
    words = Browser(app).log_in("t11").get("/supervision", 403).words()
    assert "请找本单位的用户m11，电话 0739-3600001" in words
    for key in ("t11", "j1"):
        assert "法院联络员、" not in Browser(app).log_in(key).get("/supervision", 403).words()


def test_a_paper_that_was_not_made_keeps_what_was_typed_and_can_be_tried_again(app: Flask) -> None:
    with app.test_request_context("/cases/1/papers/1.pdf?x=1"):
        g.request_id = "25389A0605"
        page = answer(DocumentError("缺少日期。")).get_data(as_text=True)
    assert "文书没能生成，您填的内容都在。" in page and "25389A0605" in page
    assert 'href="/cases/1/papers/1.pdf?x=1">再试一次' in page
    with app.test_request_context("/cases/1/visit", method="POST", data={"note": "写了很久"}):
        assert 'value="写了很久"' in answer(DocumentError("缺少日期。")).get_data(as_text=True)
