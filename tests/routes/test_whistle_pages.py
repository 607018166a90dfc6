"""吹哨报到 on the screen: who called sees the board, who was called sees the question and nothing else."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

import documents
from mediation.database import db
from mediation.models import Notice
from tests import makers
from tests.pages import Browser, Page, read_pdf


def ask_two(
    app: Flask, first: tuple[str, str], second: tuple[str, str], status: int = 303
) -> tuple[makers.Planted, Browser, Page]:
    """A case whose holder asks two departments at once, each by its name and its matter; what the page answers."""
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    page = holder.get(f"/cases/{planted.public_number}/whistles/new")
    page = holder.send(page, "/whistles/new", [("_add", "departments")], 200)
    asked = [
        ("departments-0-to", first[0]), ("departments-0-matter", first[1]),
        ("departments-1-to", second[0]), ("departments-1-matter", second[1]),
    ]  # fmt: skip
    return planted, holder, holder.send(page, "/whistles/new", asked, status)


def call_two(app: Flask) -> tuple[makers.Planted, Browser]:
    """A case whose holder has called two departments at once."""
    planted, holder, _ = ask_two(app, ("第1县自然资源局", "请核对界线。"), ("第1县人社局", "请查工资。"))
    return planted, holder


def board(browser: Browser, show: str = "open") -> Page:
    """The board, or a department's list."""
    return browser.get(f"/whistles?show={show}")


def test_one_form_calls_several_departments_and_each_sees_its_own_question(app: Flask) -> None:
    planted, holder = call_two(app)
    words = holder.get(f"/whistles?case={planted.public_number}").words()
    assert "请核对界线" in words and "请查工资" in words
    land, labour = Browser(app).log_in("d1"), Browser(app).log_in("d2")
    assert "请核对界线" in board(land).words() and "请查工资" not in board(land).words()
    own = land.get(f"/cases/{planted.public_number}/whistles/1").words()
    assert "请核对界线" in own
    assert not [secret for secret in [*planted.names, *planted.numbers, *planted.story] if secret in own]
    land.get(f"/cases/{planted.public_number}/whistles/2", 404)
    labour.get(f"/cases/{planted.public_number}/whistles/1", 404)
    Browser(app).log_in("v121").get(f"/cases/{planted.public_number}/whistles/1", 404)


def test_a_row_that_says_nothing_is_pointed_at(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    page = holder.get(f"/cases/{planted.public_number}/whistles/new")
    back = holder.send(page, "/whistles/new", [("departments-0-to", "第1县人社局")], 409)
    assert "请写明要对方办什么" in back.words()
    assert dict(back.form_fields("/whistles/new"))["departments-0-known"] == "第1县人社局"
    empty = holder.send(page, "/whistles/new", [], 409)
    assert "请选一个部门" in empty.words()


def test_a_department_arrives_answers_with_a_photo_and_is_done(app: Flask) -> None:
    planted, holder = call_two(app)
    land = Browser(app).log_in("d1")
    where = f"/cases/{planted.public_number}/whistles/1"
    page = land.send(land.get(where), "/1/arrive", [("handler", "罗工"), ("phone", "13900008888")])
    page = land.follow(page)
    assert "已报到" in page.words()
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    fields = dict(page.form_fields("/1/respond")) | {"note": "界线以滴水线为准。"}
    answer = land.client.post(
        f"{where}/respond", data={**fields, "file": (BytesIO(picture.getvalue()), "a.png")},
        content_type="multipart/form-data",
    )  # fmt: skip
    kept = land.get(answer.headers["Location"])
    assert answer.status_code == 303 and "回复已经交上去了" in kept.words() and "1个" in kept.words()
    land.get(where, 404)
    assert "请核对界线" not in board(land).words()
    seen = holder.get(where).words()
    assert "罗工" in seen and "13900008888" in seen and "界线以滴水线为准" in seen
    assert "自然资源局交来的材料1" in holder.get(f"/cases/{planted.public_number}/files").words()
    done = holder.send(holder.get(where), "/1/verify_referral", [("check", "done")])
    assert "已办结" in holder.follow(done).words()


def test_not_ours_goes_on_once(app: Flask) -> None:
    planted, _ = call_two(app)
    land, labour = Browser(app).log_in("d1"), Browser(app).log_in("d2")
    where = f"/cases/{planted.public_number}/whistles/1"
    back = land.send(land.get(where), "/1/decline_referral", [("reason", "不归我们。")], 409)
    assert "职责清单" in back.words()
    land.send(land.get(where), "/1/decline_referral", [("reason", "不归我们。"), ("to", "第1县人社局")])
    land.get(where, 404)
    passed = labour.get(f"/cases/{planted.public_number}/whistles/3")
    assert "请核对界线" in passed.words()
    assert not [form for form in passed.all("form") if "decline" in form.get("action", "")]


def test_who_is_late_is_red_and_is_reminded(app: Flask, clock: object) -> None:
    planted, _ = call_two(app)
    clock.forward(days=20)  # type: ignore[attr-defined]
    holder = Browser(app).log_in("v111")
    late = board(holder, "late")
    assert "已超期" in late.words() and "第1县自然资源局" in late.words()
    holder.send(late, "/whistles/1/nudge")
    assert "已催1次" in board(holder, "late").words()
    assert "已催1次" in board(Browser(app).log_in("d1")).words()
    assert planted.public_number in board(Browser(app).log_in("m1"), "late").words()


def test_whoever_called_takes_a_question_back(app: Flask) -> None:
    planted, holder = call_two(app)
    where = f"/cases/{planted.public_number}/whistles/2"
    assert "请写明原因" in holder.send(holder.get(where), "/2/withdraw_referral", [], 409).words()
    holder.send(holder.get(where), "/2/withdraw_referral", [("reason", "双方谈拢了。")])
    assert "请查工资" not in board(Browser(app).log_in("d2")).words()
    assert "已收回" in holder.get(where).words()


def test_the_case_page_tells_where_each_question_stands(app: Flask) -> None:
    planted, holder = call_two(app)
    holder.send(
        holder.get(f"/cases/{planted.public_number}/whistles/2"),
        "/2/withdraw_referral",
        [("reason", "谈拢了。")],
    )
    page = holder.get(f"/cases/{planted.public_number}")
    assert "等着报到" in page.words() and "已收回" in page.words()
    assert [a for a in page.all("a") if a.get("href", "").endswith("/whistles/1")]


def test_the_order_and_the_words_for_the_parties_are_seen_before_anybody_is_called(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    path = f"/cases/{planted.public_number}/whistles/new"
    page = holder.get(path)
    assert "写好哪个部门、办什么事，这里就能看到吹哨单" in page.words()
    asked = [("departments-0-to", "第1县人社局"), ("departments-0-matter", "请核对工资表。")]
    seen = holder.send(page, "/whistles/new", [*asked, ("_look", "1")], 200)
    words = seen.words()
    assert "吹哨单" in words and "第1县人社局：" in words and "请核对工资表。" in words
    assert "已请第1县人社局来办，经办人（来办的人），电话（他的电话）" in words
    assert [one for one in seen.all("details") if one.get("id") == "look" and "open" in one.attrib]
    form = dict(seen.form_fields("/whistles/new")) | {"_print": "0"}
    draft = holder.client.post(path, data=form)
    assert draft.mimetype == "application/pdf"
    printed = "".join(read_pdf(draft.data).split())
    assert "请核对工资表。" in printed and "草稿" in printed
    with app.app_context():
        case = makers.load_case(planted.public_number)
        assert not case.referrals and not [row for row in case.documents if row.type == "whistle_order"]


def test_what_is_seen_before_is_word_for_word_what_is_printed(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    page = holder.get(f"/cases/{planted.public_number}/whistles/new")
    asked = [("departments-0-to", "第1县人社局"), ("departments-0-matter", "请核对工资表。")]
    seen = holder.send(page, "/whistles/new", [*asked, ("_look", "1")], 200)
    before = [" ".join(line.itertext()) for sheet in seen.all("article") for line in sheet.iter("p")]
    holder.send(page, "/whistles/new", asked)
    with app.app_context():
        order = next(
            row for row in makers.load_case(planted.public_number).documents if row.type == "whistle_order"
        )
        assert before == [line.text for line in documents.read_lines(order.type, order.facts)]


def test_a_row_that_is_not_finished_shows_no_order_and_no_fault(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    page = holder.get(f"/cases/{planted.public_number}/whistles/new")
    seen = holder.send(page, "/whistles/new", [("departments-0-to", "第1县人社局"), ("_look", "1")], 200)
    assert not seen.all("article") and "有错误" not in seen.words()
    assert dict(seen.form_fields("/whistles/new"))["departments-0-known"] == "第1县人社局"


def _call(holder: Browser, planted: makers.Planted, *fields: tuple[str, str], status: int = 303) -> Page:
    page = holder.get(f"/cases/{planted.public_number}/whistles/new")
    return holder.send(page, "/whistles/new", [("departments-0-matter", "请来看。"), *fields], status)


@pytest.mark.parametrize("typed", ["人社局", "县人社局", "第1县人力资源和社会保障局", " 第1县 人社局 "])
def test_a_department_is_found_by_any_of_its_names_and_is_told(app: Flask, typed: str) -> None:
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    sent = holder.follow(_call(holder, planted, ("departments-0-to", typed)))
    assert "已经通知第1县人社局" in sent.words() and "不在系统里" not in sent.words()
    assert "请来看" in board(Browser(app).log_in("d2")).words()


def test_one_that_is_tapped_is_called_and_tapped_and_typed_is_asked_back(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    both = [("departments-0-known", "第1县人社局"), ("departments-0-to", "县水利局")]
    back = _call(holder, planted, *both, status=422)
    assert "请只留一个" in back.words() and back.field("departments-0-to") == "县水利局"
    _call(holder, planted, ("departments-0-known", "第1县人社局"))
    assert "请来看" in board(Browser(app).log_in("d2")).words()


def test_who_is_not_in_the_system_is_never_said_to_have_been_told(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    sent = holder.follow(_call(holder, planted, ("departments-0-to", "第1县水利局")))
    assert "第1县水利局不在系统里" in sent.words() and "已经通知" not in sent.words()
    assert [
        a
        for a in sent.all("a")
        if "打印吹哨单和回执" in "".join(a.itertext()) and "/order.pdf" in a.get("href", "")
    ]
    noted = holder.send(sent, "/whistles/1/nudge")
    assert noted.response.headers["Location"] == f"/whistles?case={planted.public_number}"
    words = holder.follow(noted).words()
    assert "已催1次" in words and "看不到页面" in words and "部门打开页面就能看到" not in words


def test_one_department_called_by_two_of_its_names_is_pointed_at(app: Flask) -> None:
    _, _, answer = ask_two(app, ("人社局", "请核对。"), ("第1县人力资源和社会保障局", "请查。"), status=409)
    assert "就是上面的第1县人社局" in answer.words()


@pytest.mark.parametrize(
    "written", ["11010519491231002X", "１１０１０５１９４９１２３１００２X", "110105 19491231 002X"]
)
def test_an_identity_number_is_not_printed_on_an_order(app: Flask, written: str) -> None:
    planted = makers.make_case(app, state="accepted")
    holder = Browser(app).log_in("v111")
    page = holder.get(f"/cases/{planted.public_number}/whistles/new")
    fields = [("departments-0-to", "人社局"), ("departments-0-matter", f"请查{written}的参保。")]
    back = holder.send(page, "/whistles/new", fields, 422, numbers=True)
    assert "这里写了身份证号" in back.words()
    with app.app_context():
        assert not makers.load_case(planted.public_number).referrals


def test_an_arrival_says_whom_to_ask_and_the_committees_number_is_not_passed_off_as_theirs(
    app: Flask,
) -> None:
    planted, holder = call_two(app)
    where = f"/cases/{planted.public_number}/whistles/1"
    nobody = holder.send(holder.get(where), "/1/arrive", [], 409)
    assert "没有写谁来办，也没有电话" in nobody.words()
    noted = holder.follow(holder.send(nobody, "/1/arrive", [("handler", "罗工")]))
    assert "登记好了：部门已到场" in noted.words() and "接着请写办理情况" not in noted.words()
    assert [
        one for one in noted.all("details") if "open" in one.attrib and "登记回复" in "".join(one.itertext())
    ]
    with app.app_context():
        told = db.session.scalars(select(Notice.text).where(Notice.template == "N23")).all()
    assert told and all("经办人罗工。要问请打调委会电话" in text and "，电话" not in text for text in told)


def _answer(land: Browser, where: str, names: list[str], colours: list[str]) -> TestResponse:
    files = []
    for name, colour in zip(names, colours, strict=True):
        picture = BytesIO()
        Image.new("RGB", (40, 30), colour).save(picture, "PNG")
        files.append((BytesIO(picture.getvalue()), name))
    fields = dict(land.get(where).form_fields("/1/respond")) | {"note": "界线以滴水线为准。"}
    return land.client.post(
        f"{where}/respond", data={**fields, "file": files}, content_type="multipart/form-data"
    )


def test_more_files_than_one_answer_takes_are_refused_with_the_count_and_nothing_typed_is_lost(
    app: Flask,
) -> None:
    planted, _ = call_two(app)
    land, where = Browser(app).log_in("d1"), f"/cases/{planted.public_number}/whistles/1"
    refused = _answer(land, where, [f"{n}.png" for n in range(7)], ["white"] * 7)
    words = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "一次最多5个，您选了7个，请分两次" in words
    assert "界线以滴水线为准。" in words


def test_the_same_file_chosen_twice_is_handed_in_once(app: Flask) -> None:
    planted, holder = call_two(app)
    land, where = Browser(app).log_in("d1"), f"/cases/{planted.public_number}/whistles/1"
    assert _answer(land, where, ["a.png", "b.png", "c.png"], ["white", "white", "black"]).status_code == 303
    words = holder.get(f"/cases/{planted.public_number}/files").words()
    assert "交来的材料2" in words and "交来的材料3" not in words


def test_a_check_without_a_choice_asks_for_one(app: Flask) -> None:
    planted, holder = call_two(app)
    where = f"/cases/{planted.public_number}/whistles/1"
    holder.send(holder.get(where), "/1/respond", [("note", "电话里说办了。")])
    back = holder.send(holder.get(where), "/1/verify_referral", [("note", "看过了。")], 422)
    assert "请选核实下来怎么样" in back.words() and back.field("note") == "看过了。"
    poor = holder.send(back, "/1/verify_referral", [("check", "not_done"), ("note", "")], 409)
    assert "没有写哪里没办到位" in poor.words()


def test_not_ours_may_name_a_department_outside_the_system(app: Flask) -> None:
    planted, holder = call_two(app)
    land, where = Browser(app).log_in("d1"), f"/cases/{planted.public_number}/whistles/1"
    page = land.get(where)
    offered = [option.get("value") for option in page.all("option")]
    assert "第1县水利局" in offered and "第1县人社局" in offered and "第1县自然资源局" not in offered
    said = land.follow(
        land.send(page, "/1/decline_referral", [("to", "第1县水利局"), ("reason", "归水利局。")])
    )
    assert "第1县水利局不在系统里，由调委会打印吹哨单送去" in said.words()
    assert "第1县水利局" in holder.get(f"/whistles?case={planted.public_number}").words()


def test_a_case_without_a_whistle_offers_to_blow_one(app: Flask) -> None:
    planted = makers.make_case(app, state="accepted")
    page = Browser(app).log_in("v111").get(f"/whistles?case={planted.public_number}")
    assert "还没有请过部门来办" in page.words() and "去案件里选一件" not in page.words()
    assert [a for a in page.all("a") if a.get("href") == f"/cases/{planted.public_number}/whistles/new"]


def test_a_department_lands_on_what_it_is_asked_and_reads_its_own_answers_again(app: Flask) -> None:
    planted, holder = call_two(app)
    land = Browser(app).log_in("d1")
    assert land.client.get("/").headers["Location"].endswith("/whistles")
    page = board(land)
    assert not [a for nav in page.all("nav") for a in nav.iter("a") if a.get("href") in ("/todo", "/cases")]
    where = f"/cases/{planted.public_number}/whistles/1"
    land.send(land.get(where), "/1/respond", [("note", "界线以滴水线为准。")])
    assert "界线以滴水线为准" in board(land).words()
    assert "界线以滴水线为准" not in board(Browser(app).log_in("d2")).words()
    receipt = next(a for a in holder.get(where).all("a") if "打印报到回执" in "".join(a.itertext()))
    assert "界线以滴水线为准" in "".join(read_pdf(holder.client.get(receipt.get("href", "")).data).split())


def _first_order(app: Flask, planted: makers.Planted) -> tuple[int, str]:
    with app.app_context():
        rows = makers.load_case(planted.public_number).documents
        return next((row.number, row.facts) for row in rows if row.type == "whistle_order")


def test_a_receipt_to_fill_in_by_hand_is_printed_behind_the_order_and_changes_no_paper(app: Flask) -> None:
    planted, holder = call_two(app)
    number, facts = _first_order(app, planted)
    issued = holder.client.get(f"/cases/{planted.public_number}/papers/{number}").data
    printed = holder.client.get(f"/cases/{planted.public_number}/whistles/1/order.pdf")
    words = "".join(read_pdf(printed.data).split())
    assert printed.mimetype == "application/pdf" and "吹哨单" in words and "报到回执" in words
    assert (
        words.count("请核对界线。") == 2 and words.count("第1县自然资源局") == 2 and "请查工资" not in words
    )
    assert "不归本单位办的" in words and "交回" in words
    assert holder.client.get(f"/cases/{planted.public_number}/papers/{number}").data == issued
    assert _first_order(app, planted) == (number, facts)
    Browser(app).log_in("v121").get(f"/cases/{planted.public_number}/whistles/1/order.pdf", 404)
    holder.send(holder.get(f"/cases/{planted.public_number}/whistles/1"), "/1/respond", [("note", "办了。")])
    after = holder.client.get(f"/cases/{planted.public_number}/whistles/1/order.pdf")
    assert "报到回执》交回" in "".join(read_pdf(after.data).split())
    assert "不归本单位办的" not in "".join(read_pdf(after.data).split()), "nothing is left to fill in"


def test_what_a_department_answered_stays_its_own_to_read_and_print(app: Flask) -> None:
    planted, _ = call_two(app)
    land, labour = Browser(app).log_in("d1"), Browser(app).log_in("d2")
    where = f"/cases/{planted.public_number}/whistles/1"
    sent = land.send(land.get(where), "/1/respond", [("note", "界线以滴水线为准。")])
    address = sent.response.headers["Location"]
    kept = land.get(address)
    assert "界线以滴水线为准。" in kept.words() and "回执编号" in kept.words()
    assert not [
        secret for secret in [*planted.names, *planted.numbers, *planted.story] if secret in kept.text
    ]
    paper = land.client.get(f"{address}/receipt.pdf")
    assert "界线以滴水线为准。" in "".join(read_pdf(paper.data).split())
    assert [a for a in board(land).all("a") if a.get("href") == address]
    for other in (labour, Browser(app).log_in("v111")):
        other.get(address, 404)
        other.get(f"{address}/receipt.pdf", 404)


def test_the_bulletin_says_how_each_department_answered_and_every_number_opens_its_list(
    app: Flask, clock: object
) -> None:
    planted, holder = call_two(app)
    land = Browser(app).log_in("d1")
    where = f"/cases/{planted.public_number}/whistles/1"
    land.send(land.get(where), "/1/respond", [("note", "界线以滴水线为准。")])
    clock.forward(days=20)  # type: ignore[attr-defined]
    holder = Browser(app).log_in("v111")
    page = holder.get("/whistles?since=year")
    table = " ".join("".join(row.itertext()) for row in page.all("tr"))
    assert "第1县自然资源局" in table and "第1县人社局" in table and "没有来" in table
    links = {a.get("href") for cell in page.all("td") for a in cell.iter("a")}
    here = [link for link in links if link and "show=no_show" in link and "department=" in link]
    assert len(here) == 1
    listed = holder.get(here[0])
    titles = ["".join(a.itertext()) for a in listed.all("a") if a.get("class") == "title"]
    assert titles == ["第1县人社局"] and "没有来 1" in " ".join(listed.words().split())
    stranger = Browser(app).log_in("v121").get("/whistles?since=year")
    assert "今年还没有吹过哨" in stranger.words() and not stranger.all("table")
    assert "没有这样的事" in holder.get("/whistles?show=replied_late&since=year").words()
