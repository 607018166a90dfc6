"""写协议 ①: every guardian and every agent has a row; one more, one less, and nothing that is kept is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from mediation.database import db
from mediation.models import Party, PartyHelper
from tests import makers
from tests.makers import id_number
from tests.pages import Browser, Page

FATHER = {"name": "王建国", "relation": "父亲", "phone": "13900000010"}
MOTHER = {"name": "张桂芳", "relation": "母亲", "phone": "13900000011"}
LAWYER = {"name": "方某某", "authority": "special", "relation": "律师", "phone": "13900000012"}
CLERK = {"name": "林某某", "authority": "general", "relation": "", "phone": "13900000013"}
CHILD = id_number(5, "20160501")


def opened(
    app: Flask, browser: Browser, *, guardians: list[dict[str, str]] | None = None,
    agents: list[dict[str, str]] | None = None, state: str = "mediating", born: str = "",
) -> str:  # fmt: skip
    """The address of ①, of a case whose second party has these guardians and agents."""
    planted = makers.make_case(app, state=state)
    with app.app_context():
        party = db.session.scalars(select(Party).where(Party.ref == "r1")).one()
        party.birth_date = makers.START.date().replace(int(born), 1, 1) if born else party.birth_date
        party.helpers = [
            PartyHelper(kind=kind, **row)
            for kind, rows in (("agent", agents), ("guardian", guardians))
            for row in rows or []
        ]
        db.session.commit()
    browser.log_in("v111")
    return f"/cases/{planted.public_number}/agreement"


def kept(app: Flask, kind: str) -> list[tuple[str, str | None, str, str | None]]:
    """Name, authority, relation and phone of those who are kept."""
    with app.app_context():
        rows = db.session.scalars(
            select(PartyHelper).where(PartyHelper.kind == kind).order_by(PartyHelper.id)
        )
        return [(row.name, row.authority, row.relation or "", row.phone) for row in rows]


def is_open(page: Page, place: str) -> bool:
    return next(e for e in page.all("details") if e.get("id") == place).get("open") is not None


def test_all_who_are_kept_have_a_row_and_their_phones_are_masked(app: Flask, browser: Browser) -> None:
    page = browser.get(opened(app, browser, guardians=[FATHER, MOTHER], agents=[LAWYER, CLERK]))
    assert [page.field(f"p-1-guardians-{no}-name") for no in (0, 1)] == ["王建国", "张桂芳"]
    assert [page.field(f"p-1-guardians-{no}-relation") for no in (0, 1)] == ["父亲", "母亲"]
    assert [page.field(f"p-1-agents-{no}-name") for no in (0, 1)] == ["方某某", "林某某"]
    chosen = dict(page.form_fields("/agreement"))
    assert (chosen["p-1-agents-0-authority"], chosen["p-1-agents-1-authority"]) == ("special", "general")
    assert page.field("p-1-guardians-0-phone") == ""
    assert "139****0011" in page.words()
    assert "13900000011" not in page.text
    assert is_open(page, "p-1-guardians")
    assert is_open(page, "p-1-agents")


def test_where_there_is_nobody_one_empty_row_is_folded_away(app: Flask, browser: Browser) -> None:
    page = browser.get(opened(app, browser))
    assert page.field("p-1-guardians-0-name") == page.field("p-1-agents-0-name") == ""
    assert "p-1-guardians-1-name" not in page.text
    assert not is_open(page, "p-1-guardians")
    assert not is_open(page, "p-1-agents")
    browser.send(page, "/agreement")
    assert kept(app, "agent") == kept(app, "guardian") == []


def test_sent_as_it_stands_nothing_changes(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, guardians=[FATHER, MOTHER], agents=[LAWYER, CLERK])
    before = kept(app, "guardian") + kept(app, "agent")
    page = browser.get(base)
    version = page.field("version")
    browser.send(page, "/agreement")
    assert kept(app, "guardian") + kept(app, "agent") == before
    assert browser.get(base).field("version") == version


@pytest.mark.parametrize(
    ("changes", "guardians", "agents"),
    [
        ([("p-1-guardians-1-relation", "继母")], [FATHER, {**MOTHER, "relation": "继母"}], [LAWYER, CLERK]),
        ([("p-1-agents-0-authority", "general")], [FATHER, MOTHER], [{**LAWYER, "authority": "general"}, CLERK]),
        ([("p-1-agents-1-phone", "13900000099")], [FATHER, MOTHER], [LAWYER, {**CLERK, "phone": "13900000099"}]),
        ([("p-1-address", "石泉村3组")], [FATHER, MOTHER], [LAWYER, CLERK]),
    ],
)  # fmt: skip
def test_a_change_of_one_field_leaves_all_others_as_they_are(
    app: Flask, browser: Browser, changes: list[tuple[str, str]], guardians: list[dict[str, str]],
    agents: list[dict[str, str]],
) -> None:  # fmt: skip
    base = opened(app, browser, guardians=[FATHER, MOTHER], agents=[LAWYER, CLERK])
    browser.send(browser.get(base), "/agreement", changes)
    wanted = [(g["name"], None, g["relation"], g["phone"]) for g in guardians]
    assert kept(app, "guardian") == wanted
    assert kept(app, "agent") == [(a["name"], a["authority"], a["relation"], a["phone"]) for a in agents]


def test_somebody_else_never_gets_the_phone_of_who_was_there_before(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, guardians=[FATHER])
    brother = "王建军"
    browser.send(browser.get(base), "/agreement", [("p-1-guardians-0-name", brother)])
    assert kept(app, "guardian") == [(brother, None, "父亲", None)]


def test_a_row_more_comes_without_a_script_and_keeps_all_that_was_typed(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, guardians=[FATHER])
    page = browser.get(base)
    typed = [("p-0-address", "石泉村5组"), ("p-0-agents-0-name", "周某"), ("_add", "p-1-guardians")]
    page = browser.send(page, "/agreement", typed, 200)
    assert page.field("p-0-address") == "石泉村5组"
    assert page.field("p-0-agents-0-name") == "周某"
    assert page.field("p-1-guardians-0-name") == "王建国"
    assert page.field("p-1-guardians-1-name") == ""
    assert kept(app, "guardian") == [("王建国", None, "父亲", "13900000010")]
    mother = [("p-1-guardians-1-name", "张桂芳"), ("p-1-guardians-1-relation", "母亲")]
    browser.send(page, "/agreement", mother)
    assert [row[0] for row in kept(app, "guardian")] == ["王建国", "张桂芳"]
    assert kept(app, "agent") == [("周某", "special", "", None)]


def test_a_row_is_taken_away_by_its_own_button(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, guardians=[FATHER, MOTHER], agents=[LAWYER])
    page = browser.send(browser.get(base), "/agreement", [("_remove", "p-1-guardians-0")], 200)
    assert page.field("p-1-guardians-0-name") == "张桂芳"
    assert "p-1-guardians-1-name" not in page.text
    assert "139****0011" in page.words()
    page = browser.send(page, "/agreement", [("_remove", "p-1-agents-0")], 200)
    assert page.field("p-1-agents-0-name") == ""
    assert is_open(page, "p-1-agents")
    browser.send(page, "/agreement")
    assert kept(app, "guardian") == [("张桂芳", None, "母亲", "13900000011")]
    assert kept(app, "agent") == []


def test_a_draft_with_other_rows_than_are_kept_is_drawn_with_its_own(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, guardians=[FATHER, MOTHER])
    page = browser.send(browser.get(base), "/agreement", [("_remove", "p-1-guardians-0")], 200)
    draft = [pair for pair in page.form_fields("/agreement") if not pair[0].startswith("_")]
    fresh = browser.get(base)
    # This is what tells the script of drafts that the page has other rows.
    assert {name for name, _ in draft} - {name for name, _ in fresh.form_fields("/agreement")} == {
        "p-1-guardians-of-1"
    }
    drawn = browser.post(base, [*draft, ("_again", "1")], 200)
    assert drawn.field("p-1-guardians-0-name") == "张桂芳"
    assert "p-1-guardians-1-name" not in drawn.text


@pytest.mark.parametrize(
    ("changes", "where", "sentence"),
    [
        ([("p-1-agents-0-name", "")], "p-1-agents-0-name", "请填写姓名"),
        ([("p-1-agents-1-phone", "12")], "p-1-agents-1-phone", "电话"),
        ([("p-1-agents-1-authority", "")], "p-1-agents-1-authority", "请选授权"),
        ([("p-1-guardians-1-phone", "12")], "p-1-guardians-1-phone", "电话"),
    ],
)
def test_a_fault_stands_beside_the_very_field_it_is_about(
    app: Flask, browser: Browser, changes: list[tuple[str, str]], where: str, sentence: str
) -> None:
    base = opened(app, browser, guardians=[FATHER, MOTHER], agents=[LAWYER, CLERK])
    page = browser.send(browser.get(base), "/agreement", changes, 422)
    assert any(a.get("href") == f"#{where}" for a in page.all("a"))
    fault = next(e for e in page.root.iter() if e.get("id") == f"{where}--error")
    assert sentence in "".join(fault.itertext())
    assert page.field("p-1-agents-1-name") == "林某某"
    assert len(kept(app, "agent")) == 2


def test_a_blank_row_before_a_wrong_one_does_not_move_its_fault(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.send(browser.get(base), "/agreement", [("_add", "p-1-agents")], 200)
    second = [("p-1-agents-1-name", "方某某"), ("p-1-agents-1-phone", "12")]
    page = browser.send(page, "/agreement", second, 422)
    assert any(a.get("href") == "#p-1-agents-1-phone" for a in page.all("a"))


def test_a_childs_number_asks_for_a_guardian_beside_the_guardians_name(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.send(browser.get(base), "/agreement", [("p-1-id_number", CHILD)], 409, numbers=True)
    assert any(a.get("href") == "#p-1-guardians-0-name" for a in page.all("a"))
    assert is_open(page, "p-1-guardians")
    parents = [("p-1-guardians-0-name", "王建国"), ("p-1-guardians-0-relation", "父亲")]
    browser.send(page, "/agreement", parents)
    assert [row[0] for row in kept(app, "guardian")] == ["王建国"]


def test_the_last_guardian_of_a_young_child_is_not_taken_away(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, guardians=[FATHER], born="2016")
    page = browser.send(browser.get(base), "/agreement", [("_remove", "p-1-guardians-0")], 200)
    refused = browser.send(page, "/agreement", status=409)
    assert any(a.get("href") == "#p-1-guardians-0-name" for a in refused.all("a"))
    assert len(kept(app, "guardian")) == 1


def test_a_page_that_may_change_nothing_takes_nobody_away(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, guardians=[FATHER], agents=[LAWYER], state="performing")
    browser.follow(browser.send(browser.get(base), "/again"))
    browser.send(browser.get(base), "/agreement")
    assert len(kept(app, "guardian")) == len(kept(app, "agent")) == 1


def test_the_check_page_names_every_one_of_them(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, guardians=[FATHER, MOTHER], agents=[LAWYER, CLERK])
    page = browser.follow(browser.send(browser.get(base), "/agreement"))
    pay = [
        ("clauses-0-v-payer[]", "r1"), ("clauses-0-v-payee[]", "a1"), ("clauses-0-v-amount", "3500"),
        ("clauses-0-v-purpose", "赔偿款"), ("clauses-0-in-due", "7"), ("clauses-0-v-method", "cash"),
    ]  # fmt: skip
    page = browser.follow(browser.send(page, "/terms", pay))
    page = browser.follow(browser.send(page, "/other", [("form", "written"), ("court_choice", "yes")]))
    said = page.words()
    assert "法院最多接受" not in said
    for told in (
        "方某某（特别授权）",
        "林某某（一般授权）",
        "王建国（父亲）",
        "张桂芳（母亲）",
    ):
        assert told in said
    ways = [a.get("href", "").rpartition("#")[2] for a in page.all("a")]
    for field in ("agents-0-name", "agents-1-name", "guardians-0-name", "guardians-1-name"):
        assert f"p-1-{field}" in ways


def test_more_agents_than_a_court_hears_are_pointed_at_and_not_forbidden(
    app: Flask, browser: Browser
) -> None:
    third = {**CLERK, "name": "周某某"}
    base = opened(app, browser, agents=[LAWYER, CLERK, third])
    browser.send(browser.get(f"{base}/other"), "/other", [("form", "written"), ("court_choice", "yes")])
    assert "写了3位代理人，法院最多接受2位" in browser.get(f"{base}/check").words()
    browser.send(browser.get(f"{base}/other"), "/other", [("form", "written"), ("court_choice", "no")])
    assert "法院最多接受" not in browser.get(f"{base}/check").words()
