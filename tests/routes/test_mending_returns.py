"""What a court sends back leads, reason by reason, from the case's page to the very place where it is mended."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from mediation.database import begin_writing, db
from mediation.services import papers, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from mediation.words import words
from tests import makers
from tests.pages import Browser
from workflows.readiness import read_returns

#: What each link of a reason says of the file or the step that is wanted.
LEADS_TO = {
    "not_joint": [{"paper": "confirmation_application"}],
    "wrong_court": [{"step": "withdraw_confirmation"}],
    "unsigned": [{"paper": "agreement"}, {"paper": "confirmation_application"}],
    "indefinite": [{"step": "withdraw_confirmation"}],
    "sums_differ": [{"step": "withdraw_confirmation"}],
    "missing_application": [{"paper": "confirmation_application"}],
    "missing_agreement": [{"paper": "agreement"}],
    "missing_identity": [{"kind": "identity", "party": "a1"}, {"kind": "identity", "party": "r1"}],
    "missing_certificate": [{"paper": "mediation_certificate"}],
    "missing_property": [{"kind": "property"}],
    "missing_authority": [{"kind": "authority", "party": "a1"}, {"kind": "authority", "party": "r1"}],
    "missing_address": [{"paper": "delivery_address"}, {"paper": "delivery_address"}],
    "missing_undertaking": [{"paper": "confirmation_undertaking"}],
    "data_incomplete": [{"step": "complete_party", "party": "a1"}, {"step": "complete_party", "party": "r1"}],
    "unreadable": [{"kind": "scan"}],
    "other": [{"kind": "other"}],
}


def send_back(app: Flask, number: str, *codes: str) -> None:
    """The court wants these mended."""
    take(app, number, "court_request", reasons=list(codes), reason="请补齐")


def take(app: Flask, number: str, step: str, by: By | None = None, **facts: object) -> None:
    """Take a step now."""
    with app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), app.extensions["mediation.keys"], makers.NOW)
        steps.take(
            desk, makers.load_case(number), step, by=by or By.case_file("测试"), at=makers.NOW, facts=facts
        )
        db.session.commit()
        db.session.remove()


def links_of(page_text: str, number: str) -> list[str]:
    """The addresses inside the box of what came back."""
    box = page_text.split('class="lines mending"')[1].split("</ol>")[0]
    return [url.replace("&amp;", "&") for url in re.findall(r'href="([^"]+)"', box)]


def test_every_reason_of_the_words_is_in_the_table_and_the_other_way_round() -> None:
    spoken = set(words()["return_reason"])
    assert set(read_returns()) == spoken == set(words()["return_mend"]) == set(LEADS_TO)
    assert all(row.article for row in read_returns().values())


@pytest.mark.parametrize("code", LEADS_TO)
def test_a_reason_leads_to_where_it_is_mended(app: Flask, code: str) -> None:
    number = makers.make_case(app, state="in_court").public_number
    send_back(app, number, code)
    mediator = Browser(app).log_in("v111")
    page = mediator.get(f"/cases/{number}")
    assert "".join(words()["return_mend"][code].split()) in "".join(page.words().split())
    found = links_of(page.text, number)
    assert len(found) == len(LEADS_TO[code]), found
    for url, wanted in zip(found, LEADS_TO[code], strict=True):
        arrived = mediator.get(urlsplit(url)._replace(fragment="").geturl())
        where = urlsplit(url)
        if "step" in wanted:
            assert where.path.endswith(f"/steps/{wanted['step']}")
            if "party" in wanted:
                assert arrived.field("party") == wanted["party"]
                assert f'id="{where.fragment}"' in arrived.text
            continue
        asked = parse_qs(where.query)
        if "paper" in wanted:
            assert arrived.field("kind") == "scan" and arrived.field("document") == asked["document"][0]
            with app.app_context():
                [row] = [
                    row for row in makers.load_case(number).documents
                    if row.number == int(asked["document"][0])
                ]  # fmt: skip
                assert row.type == wanted["paper"] and papers.title_of(row) in page.words()
        else:
            assert arrived.field("kind") == wanted["kind"]
            assert arrived.field("party") == wanted.get("party", "")


def test_whoever_lacks_something_is_named_with_it_and_nobody_else(app: Flask) -> None:
    number = makers.make_case(app, state="in_court").public_number
    with app.app_context():
        begin_writing(db.session)
        party = makers.load_case(number).parties[1]
        party.phone = None
        name = party.name
        db.session.commit()
    send_back(app, number, "data_incomplete")
    page = Browser(app).log_in("v111").get(f"/cases/{number}")
    [url] = links_of(page.text, number)
    assert url.endswith("/steps/complete_party?party=r1#phone")
    assert f"补{name}的联系电话" in page.words() or f"补{name}的电话" in page.words()


def test_what_is_completed_is_in_the_papers_that_are_signed_anew(app: Flask) -> None:
    number = makers.make_case(app, state="in_court").public_number
    send_back(app, number, "data_incomplete")
    mediator = Browser(app).log_in("v111")
    here = f"/cases/{number}/steps/complete_party"
    form = mediator.get(f"{here}?party=r1")
    said = mediator.send(form, "/complete_party", [("party", "r1")], 409).words()
    assert "还没有填要补的内容" in said
    form = mediator.get(f"{here}?party=r1")
    mediator.send(form, "/complete_party", [("party", "r1"), ("address", "酿溪镇新阳路18号")])
    with app.app_context():
        rows = [row for row in makers.load_case(number).documents if row.type == "confirmation_application"]
        assert [row.superseded_at is None for row in rows] == [False, True]
        assert "酿溪镇新阳路18号" not in rows[0].facts and "酿溪镇新阳路18号" in rows[1].facts
        [entry] = [row for row in makers.load_case(number).entries if row.step == "complete_party"]
        assert "新阳路" not in str(entry.facts)
        db.session.rollback()
    form = mediator.get(f"{here}?party=r1")
    wrong = mediator.send(
        form,
        "/complete_party",
        [("party", "r1"), ("id_number", "430522198002140011")],
        422,
        numbers=True,
    )
    assert "校验" in wrong.words() or "身份证" in wrong.words()


def test_without_a_court_asking_nothing_of_the_parties_is_changed_any_more(app: Flask) -> None:
    number = makers.make_case(app, state="in_court").public_number
    page = Browser(app).log_in("v111").get(f"/cases/{number}/steps/complete_party", 409)
    assert "法院现在没有要求补正" in page.words()


def test_a_scan_that_is_sent_from_there_counts_as_the_paper(app: Flask) -> None:
    from io import BytesIO

    from PIL import Image

    number = makers.make_case(app, state="in_court").public_number
    send_back(app, number, "missing_certificate")
    mediator = Browser(app).log_in("v111")
    [url] = links_of(mediator.get(f"/cases/{number}").text, number)
    form = mediator.get(url)
    picture = BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "JPEG")
    fields = [*form.form_fields("/files"), ("file", (BytesIO(picture.getvalue()), "证明.jpg"))]
    answer = mediator.client.post(
        f"/cases/{number}/files", data=dict(fields), content_type="multipart/form-data"
    )
    assert answer.status_code == 303
    with app.app_context():
        [row] = makers.load_case(number).attachments
        assert (
            row.kind == "scan" and row.document is not None and row.document.type == "mediation_certificate"
        )
