"""写协议 in pages: three sections that keep what was typed, the check page, and the paper that comes of it."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from mediation.database import db
from mediation.models import Party
from tests import makers
from tests.makers import id_number
from tests.pages import Browser, Page, read_pdf

pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

PAY = [
    ("clauses-0-v-payer[]", "r1"), ("clauses-0-v-payee[]", "a1"), ("clauses-0-v-amount", "3,５00"),
    ("clauses-0-v-purpose", "赔偿款"), ("clauses-0-in-due", "7"), ("clauses-0-v-method", "cash"),
]  # fmt: skip


def opened(app: Flask, browser: Browser, state: str = "mediating", **more: int) -> str:
    planted = makers.make_case(app, state=state, **more)
    browser.log_in("v111")
    return f"/cases/{planted.public_number}/agreement"


def written(browser: Browser, base: str, *terms: tuple[str, str], court: str = "no") -> Page:
    """Go through the sections with one payment; the check page."""
    page = browser.follow(browser.send(browser.get(base), "/agreement"))
    page = browser.follow(browser.send(page, "/terms", [*PAY, *terms]))
    return browser.follow(browser.send(page, "/other", [("form", "written"), ("court_choice", court)]))


def paper_of(browser: Browser, page: Page) -> str:
    link = next(a.get("href", "") for a in page.all("a") if "/papers/" in a.get("href", ""))
    return read_pdf(browser.client.get(link).data).replace("\n", "")


def test_an_agreement_is_written_in_three_sections_checked_and_made(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = written(browser, base, court="yes")
    said = page.words()
    assert "3,500.00元" in said
    assert "叁仟伍佰元整" in said
    assert "2026年11月30日" in said
    assert "一式4份" in said
    preview = browser.client.get(f"{base}/draft.pdf")
    text = read_pdf(preview.data).replace("\n", "")
    assert "草稿" in text
    assert "叁仟伍佰元整" in text
    done = browser.follow(browser.send(page, "/agreement/check"))
    assert "打印 4 份" in done.words()
    link = next(a.get("href", "") for a in done.all("a") if "/papers/" in a.get("href", ""))
    pages = len(PdfReader(BytesIO(browser.client.get(link).data)).pages)
    assert done.words().count(f"协议书已生成（共{pages}页，一式4份）") == 1
    made = paper_of(browser, done)
    assert "草稿" not in made
    assert "一式四份" in made


def test_a_number_typed_is_kept_and_never_shown_again(app: Flask, browser: Browser) -> None:
    planted = makers.make_case(app, state="mediating")
    browser.log_in("v111")
    base = f"/cases/{planted.public_number}/agreement"
    number = id_number(321, "19620307")
    sent = browser.send(
        browser.get(base), "/agreement", [("p-1-id_number", number), ("p-1-address", "石泉村3组")]
    )
    browser.follow(sent)
    page = browser.get(base)
    assert "男，1962年3月生，64岁" in page.words()
    assert page.field("p-1-id_number") == ""
    assert "石泉村3组" not in page.text


def test_a_wrong_number_is_said_beside_its_field_and_keeps_the_rest(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    wrong = [("p-0-id_number", "12345"), ("p-1-agents-0-name", "方某")]
    page = browser.send(browser.get(base), "/agreement", wrong, 422)
    assert "身份证号是5位" in page.words()
    assert page.field("p-1-agents-0-name") == "方某"
    assert any(a.get("href") == "#p-0-id_number" for a in page.all("a"))


def test_what_is_missing_in_a_clause_is_said_and_nothing_is_lost(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.get(f"{base}/terms")
    page = browser.send(page, "/terms", [("clauses-0-v-amount", "三千五"), ("summary", "占了地")], 422)
    assert "金额（元）”请用数字，例如 3500" in page.words()
    assert page.field("clauses-0-v-amount") == "三千五"
    assert page.field("summary") == "占了地"
    assert browser.get(f"{base}/terms").field("summary") == "占了地"


def test_clauses_are_added_taken_away_and_put_into_ones_own_words(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.send(
        browser.get(f"{base}/terms"), "/terms", [*PAY, ("new_block", "apology"), ("_add", "clause")], 200
    )
    assert page.field("clauses-1-block") == "apology"
    page = browser.send(page, "/terms", [("_remove", "clauses-1")], 200)
    assert "clauses-1-block" not in page.text
    sentence = page.field("clauses-0-words_for")
    own = sentence.replace("一次性", "尽快")
    page = browser.send(page, "/terms", [("clauses-0-words", own), ("_again", "1")], 200)
    assert "尽快" in page.field("clauses-0-words")
    assert "建议：" in page.words()
    page = browser.send(page, "/terms", [("clauses-0-v-amount", "4000"), ("_again", "1")], 200)
    assert "尽快" not in page.field("clauses-0-words")
    assert "肆仟元整" in page.words()


def test_instalments_are_a_table_that_must_close(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.send(
        browser.get(f"{base}/terms"),
        "/terms",
        [*PAY[:4], ("clauses-0-in-due", "parts"), ("_again", "1")],
        200,
    )
    assert page.field("clauses-0-block") == "instalments"
    rows = [
        ("clauses-0-v-parts-0-amount", "2000"), ("clauses-0-v-parts-0-due", "2026-12-31"),
        ("clauses-0-v-parts-1-amount", "1000"), ("clauses-0-v-parts-1-due", "2027-01-31"),
        ("clauses-0-v-method", "cash"),
    ]  # fmt: skip
    page = browser.send(page, "/terms", rows, 422)
    assert "各项加起来是3,000.00元，总额写的是3,500.00元" in page.words()
    browser.send(page, "/terms", [("clauses-0-v-parts-1-amount", "1500")])


def test_a_change_from_the_check_page_comes_back_to_it(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = written(browser, base)
    link = next(a.get("href", "") for a in page.all("a") if "/terms?back=check" in a.get("href", ""))
    terms = browser.get(link.partition("#")[0])
    sent = browser.send(terms, "/terms", [("clauses-0-v-amount", "3600")])
    assert sent.response.headers["Location"].endswith("/agreement/check")
    said = browser.follow(sent).words()
    assert "叁仟陆佰元整" in said
    assert "赔偿款" in said


def test_a_signed_agreement_is_written_anew_only_after_the_warning(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, "performing")
    page = browser.get(base)
    assert "已有的签名和盖章全部作废" in page.words()
    page = browser.follow(browser.send(page, "/again"))
    assert page.field("clauses-0-v-amount") == "3500.00"
    browser.send(page, "/terms", [("clauses-0-v-amount", "2800")])
    check = browser.follow(
        browser.send(browser.get(f"{base}/other"), "/other", [("form", "written"), ("court_choice", "no")])
    )
    refused = browser.send(check, "/agreement/check", status=409)
    assert "没有同意" in refused.words()
    done = browser.follow(
        browser.send(refused, "/agreement/check", [("consents[]", "a1"), ("consents[]", "r1")])
    )
    assert "这是第2版" in done.words()
    case = browser.get(base.removesuffix("/agreement"))
    old = [
        a.get("href", "")
        for a in case.all("a")
        if "协议书" in "".join(a.itertext()) and "/papers/" in a.get("href", "")
    ]
    assert "已作废" in read_pdf(browser.client.get(old[-1]).data).replace("\n", "")


def test_a_group_of_many_is_named_by_its_side(app: Flask, browser: Browser) -> None:
    base = opened(app, browser, parties=9)
    page = browser.get(f"{base}/terms")
    assert "全部被申请人" in page.words()
    pay = [(n, "@respondent" if n == "clauses-0-v-payer[]" else v) for n, v in PAY]
    pay.append(("clauses-0-v-joint", "true"))
    page = browser.follow(browser.send(page, "/terms", pay))
    check = browser.follow(browser.send(page, "/other", [("form", "written"), ("court_choice", "no")]))
    assert "一式10份" in check.words()


def test_more_originals_than_computed_stand_in_the_paper(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.follow(browser.send(browser.get(base), "/agreement"))
    page = browser.follow(browser.send(page, "/terms", PAY))
    answers = [("form", "written"), ("court_choice", "no"), ("copies", "2")]
    page = browser.send(page, "/other", answers, 422)
    assert "份数最少3份" in page.words()
    page = browser.follow(browser.send(page, "/other", [*answers[:2], ("copies", "5")]))
    assert "一式5份" in page.words()
    assert "一式五份" in paper_of(browser, browser.follow(browser.send(page, "/agreement/check")))


def test_an_oral_one_needs_no_signature(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.follow(browser.send(browser.get(base), "/agreement"))
    page = browser.follow(browser.send(page, "/terms", PAY))
    page = browser.follow(browser.send(page, "/other", [("form", "oral"), ("court_choice", "no")]))
    done = browser.follow(browser.send(page, "/agreement/check"))
    assert "去签字" not in done.words()
    assert "口头协议已登记（登记表共" in done.words()
    assert "协议已生效" in browser.get(base.removesuffix("/agreement")).words()


def test_what_a_clause_says_so_far_is_told_to_the_page(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.get(f"{base}/terms")
    names = {name for name, _ in PAY}
    fields = [(n, v) for n, v in page.form_fields("/terms") if n not in names] + PAY
    answer = browser.client.post(f"{base}/terms/preview", data=dict(fields))
    [clause] = answer.get_json()["clauses"]
    assert re.search(r"2026年11月30日以?前?.*叁仟伍佰元整", clause["sentence"])
    assert browser.get(f"{base}/terms").field("clauses-0-v-amount") == ""


def test_every_answer_leads_back_to_its_very_field(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    known = [
        ("p-1-id_number", id_number(321, "19620307")), ("p-1-address", "石泉村3组"),
        ("p-1-agents-0-name", "方律师"), ("p-1-agents-0-authority", "special"),
        ("p-1-agents-0-phone", "13911220098"),
    ]  # fmt: skip
    browser.follow(browser.send(browser.get(base), "/agreement", known))
    page = written(browser, base)
    said = page.words()
    assert "********" in said
    assert id_number(321, "19620307") not in page.text
    assert "男，1962年3月生，64岁" in said
    assert "石泉村**" in said
    assert "石泉村3组" not in page.text
    assert "方律师（特别授权） 139****0098" in said
    changes = [a.get("href", "") for a in page.all("a") if "back=check" in a.get("href", "")]
    for field in ("id_number", "address", "phone", "agents-0-name"):
        link = next(url for url in changes if url.endswith(f"#p-1-{field}"))
        shown = browser.get(link.partition("#")[0])
        assert f'id="p-1-{field}"' in shown.text
    phone = browser.get(next(url for url in changes if url.endswith("#p-1-phone")).partition("#")[0])
    opened_folds = [fold for fold in phone.all("details") if fold.get("open") is not None]
    assert any(one.get("id") == "p-1-phone" for fold in opened_folds for one in fold.iter())


def test_a_child_is_told_of_beside_its_birthday_and_asked_for_a_guardian(
    app: Flask, browser: Browser
) -> None:
    base = opened(app, browser)
    sent = browser.send(browser.get(base), "/agreement", [("p-1-id_number", id_number(321, "20110305"))])
    page = browser.follow(sent)
    assert sent.response.headers["Location"].endswith("/agreement#party-1")
    assert "今年15岁，还没成年，签字要有监护人。" in page.words()
    assert any(a.get("href") == "#p-1-guardians" for a in page.all("a"))
    # It does not forbid: pressed again, the next section comes, and the check page reminds of it.
    assert browser.send(page, "/agreement").response.headers["Location"].endswith("/agreement/terms")
    check = written(browser, base)
    assert "签字要有监护人。请在“身份”里填写监护人" in check.words()
    guardian = [("p-1-guardians-0-name", "李大山"), ("p-1-guardians-0-relation", "父亲")]
    browser.send(browser.get(base), "/agreement", guardian)
    young = [p for p in browser.get(base).all("p") if p.get("id") == "p-1-young"]
    assert young[0].get("hidden") is not None
    assert "李大山（父亲）" in browser.get(f"{base}/check").words()


def test_whoever_is_on_record_without_full_capacity_needs_a_guardian(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    with app.app_context():
        party = db.session.scalars(select(Party).where(Party.ref == "r1")).one()
        party.capacity = "limited"
        db.session.commit()
    assert "登记的是限制民事行为能力，签字要有监护人。" in browser.get(base).words()


def test_a_clause_with_a_blank_makes_no_agreement(app: Flask, browser: Browser) -> None:
    base = opened(app, browser)
    page = browser.follow(browser.send(browser.get(base), "/agreement"))
    browser.send(page, "/terms", [("clauses-0-v-amount", "3500")], 422)
    browser.send(browser.get(f"{base}/other"), "/other", [("form", "written"), ("court_choice", "no")])
    check = browser.get(f"{base}/check")
    assert "第1条：请选“怎么付”" in check.words()
    refused = browser.send(check, "/agreement/check", status=422)
    assert "第1条：请选“怎么付”" in refused.words()
    assert any("#clauses-0-v-method" in a.get("href", "") for a in refused.all("a"))
    assert browser.client.get(f"{base}/done").status_code == 303
