"""`mediation committee …`: a certificate is registered, an agreement sealed, and the seal holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediation import create_app
from mediation.config import read_settings
from mediation.sealing import read_seals
from tests.certificates import PASSWORD, make_certificate
from tests.offices import Office, lines_of

POLICY = '[policy]\nextends = "case"\nname = "our"\nzh = "本县流程"\nen = "ours"\n[rules]\nelectronic_signing = true\n'


@pytest.fixture
def sealing_office(busy_county: Path, tmp_path: Path) -> Iterator[Office]:
    """The busy county, which has switched electronic signing on."""
    instance, policy = tmp_path / "busy", tmp_path / "our.toml"
    shutil.copytree(busy_county, instance)
    policy.write_text(POLICY, "utf-8")
    settings = read_settings({"MEDIATION_INSTANCE": str(instance), "MEDIATION_POLICY": str(policy)})
    found = Office(instance, create_app(settings))
    found.change("UPDATE cases SET policy = :policy", policy=str(policy))
    yield found
    found.close()


def register(office: Office, tmp_path: Path, raw: bytes, expect: int = 0) -> str:
    file, password = tmp_path / "章.p12", tmp_path / "口令.txt"
    file.write_bytes(raw)
    password.write_text(PASSWORD + "\n", "utf-8")
    [(code, _)] = office.ask(OWNER)
    told = office.run("committee", "certificate", code, file, "--password-file", password, expect=expect)
    return str(lines_of(told)[0]["fingerprint"]) if expect == 0 else told.output


OWNER = (
    "SELECT organisations.code, cases.case_no FROM cases JOIN committees ON committees.id = cases.committee_id"
    " JOIN organisations ON organisations.id = committees.organisation_id"
    " JOIN agreements ON agreements.case_id = cases.id WHERE cases.state = 'performing'"
    " AND agreements.form = 'written' AND agreements.state = 'effective' ORDER BY cases.id LIMIT 1"
)


def test_an_agreement_is_sealed_and_the_sealed_copy_is_on_record(
    sealing_office: Office, tmp_path: Path
) -> None:
    fingerprint = register(sealing_office, tmp_path, make_certificate("某某人民调解委员会"))
    [(_, number)] = sealing_office.ask(OWNER)
    [told] = lines_of(sealing_office.run("committee", "seal", number))
    kept = sealing_office.instance / "files" / told["sha256"][:2] / told["sha256"]
    [seal] = read_seals(sealing_office.instance, kept.read_bytes(), frozenset({fingerprint}))
    assert (seal.intact, seal.trusted, seal.whole) == (True, True, True)
    [(kind, document)] = sealing_office.ask("SELECT kind, document_id FROM attachments")
    assert kind == "electronic"
    assert document is not None
    assert sealing_office.run("verify").exit_code == 0
    assert "已经盖过电子印章" in sealing_office.run("committee", "seal", number, expect=1).output


def test_without_a_certificate_nothing_is_sealed(sealing_office: Office) -> None:
    [(_, number)] = sealing_office.ask(OWNER)
    assert "没有能用的证书" in sealing_office.run("committee", "seal", number, expect=1).output


def test_a_county_that_has_not_switched_it_on_seals_on_paper(busy_office: Office, tmp_path: Path) -> None:
    register(busy_office, tmp_path, make_certificate("某某人民调解委员会"))
    [(_, number)] = busy_office.ask(OWNER)
    assert "没有开通电子签章" in busy_office.run("committee", "seal", number, expect=1).output


def test_agreements_of_families_are_never_sealed_electronically(
    sealing_office: Office, tmp_path: Path
) -> None:
    register(sealing_office, tmp_path, make_certificate("某某人民调解委员会"))
    [(_, number)] = sealing_office.ask(OWNER)
    sealing_office.change("UPDATE cases SET dispute_type = 'marriage_family' WHERE case_no = :no", no=number)
    assert "法律不让用电子签章" in sealing_office.run("committee", "seal", number, expect=1).output


def test_a_certificate_that_has_run_out_is_not_taken(busy_office: Office, tmp_path: Path) -> None:
    assert "过期" in register(busy_office, tmp_path, make_certificate("旧章", days=-1), expect=1)


def test_a_new_certificate_retires_the_old_one(busy_office: Office, tmp_path: Path) -> None:
    old = register(busy_office, tmp_path, make_certificate("旧章"))
    new = register(busy_office, tmp_path, make_certificate("新章"))
    rows = dict(busy_office.ask("SELECT fingerprint, retired_at FROM committee_certificates"))
    assert rows[new] is None
    assert rows[old] is not None
