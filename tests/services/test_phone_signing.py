"""Signing on one's own phone: ten minutes, once, the first phone, and only the text that was shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mediation.models import Case, SigningLink, User
from mediation.services import phone_signing, scans
from mediation.services.phone_signing import LinkOver, Standing
from mediation.services.visits import TurnedAway
from tests.services.county import PAY, VILLAGE, ZHANG, Office, person
from workflows import Refused

STROKES = [[(0.1, 0.1), (0.5, 0.2)]]
SHA = "a" * 64
POLICY = '[policy]\nextends = "case"\nname = "our"\nzh = "本县流程"\nen = "ours"\n[rules]\nelectronic_signing = true\n'


def opened(office: Office, tmp_path: Path, **more: Any) -> Case:
    """An agreement that waits, in a county that allows signing on a screen."""
    case = office.agreed(**more)
    policy = tmp_path / "our.toml"
    policy.write_text(POLICY, "utf-8")
    case.policy = str(policy)
    return case


def show(office: Office, case: Case, ref: str = "r1", signed_by: str = "") -> phone_signing.Shown:
    """The code that the village's mediator shows."""
    user = office.session.scalars(
        select(User).where(User.organisation == office.place(VILLAGE), User.role == "mediator")
    ).one()
    paper, party = scans.paper_of(case.agreement), case.party(ref)
    assert paper is not None and party is not None
    return phone_signing.issue(office.desk, case, party, paper, user, signed_by)


def scan(office: Office, token: str, visitor: str = "") -> str:
    """What the phone that scans gets as its cookie."""
    key, _ = phone_signing.open_link(office.desk, token, visitor, "10.0.0.1")
    office.session.flush()
    return key


def sign(office: Office, visitor: str, *, read_aloud: bool = False) -> None:
    phone_signing.sign(
        office.desk, visitor, STROKES, read_aloud=read_aloud, device="Mozilla/5.0 (Linux)", sha256=SHA
    )


def test_the_signature_keeps_who_watched_on_what_device_and_which_paper(
    office: Office, tmp_path: Path
) -> None:
    case = opened(office, tmp_path)
    shown = show(office, case)
    assert shown.token not in str(vars(shown.link)), "only a hash is kept"
    assert len(shown.token) >= 32, "more than 128 bits"
    visitor = scan(office, shown.token)
    assert phone_signing.standing_of(office.desk, shown.link) is Standing.opened
    sign(office, visitor, read_aloud=True)
    [row] = case.agreement.live_signatures
    assert (row.party.ref, row.name, row.manner, row.paper_sha256) == ("r1", "张䶮", "electronic", SHA)
    assert (row.witness, row.device) == (shown.link.user.name, "Mozilla/5.0 (Linux)")
    assert row.identity_checked and row.read_aloud and row.signed_at == office.desk.now
    assert row.strokes == "[[[0.1,0.1],[0.5,0.2]]]" and row.picture
    assert (case.entries[-1].step, case.entries[-1].by_name) == ("sign", shown.link.user.name)
    assert case.state == "agreed"


def test_it_works_once(office: Office, tmp_path: Path) -> None:
    case = opened(office, tmp_path)
    shown = show(office, case)
    visitor = scan(office, shown.token)
    sign(office, visitor)
    office.session.expire_all()
    assert phone_signing.standing_of(office.desk, shown.link) is Standing.signed
    with pytest.raises(LinkOver):
        sign(office, visitor)
    with pytest.raises(TurnedAway):
        scan(office, shown.token, visitor)
    assert len(case.agreement.live_signatures) == 1


def test_the_first_phone_keeps_it_and_may_scan_again(office: Office, tmp_path: Path) -> None:
    shown = show(office, opened(office, tmp_path))
    visitor = scan(office, shown.token)
    assert scan(office, shown.token, visitor) == visitor
    for other in ("", "another"):
        with pytest.raises(TurnedAway):
            scan(office, shown.token, other)


def test_after_ten_minutes_nobody_gets_in_and_nobody_signs(office: Office, tmp_path: Path) -> None:
    case = opened(office, tmp_path)
    first, second = show(office, case, "a1"), show(office, case, "r1")
    visitor = scan(office, first.token)
    office.now += timedelta(minutes=9, seconds=59)
    assert phone_signing.find_open(office.desk, visitor) is first.link
    office.now += timedelta(seconds=1)
    with pytest.raises(LinkOver):
        sign(office, visitor)
    with pytest.raises(TurnedAway):
        scan(office, second.token)
    assert phone_signing.standing_of(office.desk, second.link) is Standing.over


def test_a_changed_text_ends_it(office: Office, tmp_path: Path) -> None:
    case = opened(office, tmp_path)
    shown = show(office, case)
    visitor = scan(office, shown.token)
    began = office.now
    office.take(case, "agree", form="written", clauses=[{**PAY, "amount": "2500.00"}])
    office.now = began
    assert shown.link.void_at is not None
    with pytest.raises(LinkOver):
        sign(office, visitor)


def test_a_new_code_takes_the_place_of_the_one_before(office: Office, tmp_path: Path) -> None:
    case = opened(office, tmp_path)
    before, other, after = show(office, case), show(office, case, "a1"), show(office, case)
    assert phone_signing.standing_of(office.desk, before.link) is Standing.over
    assert phone_signing.standing_of(office.desk, other.link) is Standing.waiting
    assert scan(office, after.token)


def test_who_signed_on_paper_meanwhile_needs_no_phone(office: Office, tmp_path: Path) -> None:
    case = opened(office, tmp_path)
    shown = show(office, case)
    visitor = scan(office, shown.token)
    began = office.now
    office.take(case, "sign", parties=["r1"])
    office.now = began
    with pytest.raises(LinkOver):
        sign(office, visitor)


def test_a_mediator_who_left_takes_the_codes_along(office: Office, tmp_path: Path) -> None:
    shown = show(office, opened(office, tmp_path))
    shown.link.user.active = False
    with pytest.raises(TurnedAway):
        scan(office, shown.token)


def test_a_guardian_signs_for_a_child_in_the_own_name(office: Office, tmp_path: Path) -> None:
    child = person("a1", "小古丽", guardians=[{"name": "古丽", "relation": "母亲"}]) | {
        "birth_date": "2015-05-01"
    }
    case = opened(office, tmp_path, parties=[child, ZHANG])
    sign(office, scan(office, show(office, case, "a1", "古丽").token))
    assert [row.name for row in case.agreement.live_signatures] == ["古丽"]


def test_where_it_is_switched_off_nothing_is_signed(office: Office) -> None:
    case = office.agreed()
    visitor = scan(office, show(office, case).token)
    with pytest.raises(Refused):
        sign(office, visitor)


def test_guesses_are_counted_and_shut_the_door(office: Office, tmp_path: Path) -> None:
    shown = show(office, opened(office, tmp_path))
    for _ in range(60):
        with pytest.raises(TurnedAway) as away:
            scan(office, "x" * 32)
        assert not away.value.waits
    with pytest.raises(TurnedAway) as away:
        scan(office, shown.token)
    assert away.value.waits
    assert office.session.scalar(select(SigningLink.opened_at)) is None
