"""`mediation verify`: finds nothing where nothing is wrong, and each violation that is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediation.commands.office import shelf
from mediation.rendering import fetch_paper
from tests.offices import Office

_WAGES = "(SELECT id FROM cases WHERE external_id = 'wages')"
_AGREEMENT = f"(SELECT id FROM agreements WHERE case_id = {_WAGES})"
_CLAUSE = f"(SELECT id FROM clauses WHERE agreement_id = {_AGREEMENT} AND no = 1)"
_OTHER_PARTY = (
    "(SELECT p.id FROM parties p JOIN cases c ON c.id = p.case_id WHERE c.external_id = 'eaves' LIMIT 1)"
)

#: What is planted → the promise it breaks and a word of the line that tells it.
VIOLATIONS: dict[str, tuple[str, str, str]] = {
    "a changed entry": (
        f"UPDATE entries SET by_name = '别人' WHERE case_id = {_WAGES} AND number = 2", "I-7", "改动"),
    "an entry that is gone": (f"DELETE FROM entries WHERE case_id = {_WAGES} AND number = 3", "I-7", "不见了"),
    "a tail that was cut off": (
        f"DELETE FROM entries WHERE case_id = {_WAGES} AND number > 5", "I-7", "案件上记的是"),
    "a head that was bent": (f"UPDATE cases SET head_hash = 'x' WHERE id = {_WAGES}", "I-7", "最后一条"),
    "a history that is gone": (f"DELETE FROM entries WHERE case_id = {_WAGES}", "I-7", "一条办理记录也没有"),
    "a number of steps": (f"UPDATE cases SET steps_taken = 3 WHERE id = {_WAGES}", "I-7", "3条"),
    "a state nobody moved to": (f"UPDATE cases SET state = 'closed' WHERE id = {_WAGES}", "I-3", "closed"),
    "a level nobody moved to": (f"UPDATE cases SET level = 'village' WHERE id = {_WAGES}", "I-3", "village"),
    "a moment of filing that was moved": (
        f"UPDATE cases SET filed_at = '2020-01-01 00:00:00.000000' WHERE id = {_WAGES}", "I-3", "登记时间"),
    "a policy that does not exist": (f"UPDATE cases SET policy = 'nowhere' WHERE id = {_WAGES}", "I-4", "nowhere"),
    "an illegal move": (
        f"UPDATE entries SET after = 'archived' WHERE case_id = {_WAGES} AND number = 2", "I-4", "archived"),
    "a jump of levels": (
        f"UPDATE entries SET level = 'county' WHERE case_id = {_WAGES} AND number = 7", "I-4", "层级"),
    "a number that was skipped": ("UPDATE counters SET value = value + 1 WHERE scope LIKE 'case:%'", "I-2", "缺号"),
    "a counter set back": ("UPDATE counters SET value = 0 WHERE scope LIKE 'agreement:%'", "I-2", "超出"),
    "a public number with a wrong check digit": (
        f"UPDATE cases SET public_number = '2611-0002-0' WHERE id = {_WAGES}", "I-2", "校验码"),
    "a number of nobody's": (
        f"UPDATE cases SET case_no = '〔2026〕某某人调字第0001号' WHERE id = {_WAGES}", "I-2", "不属于"),
    "a case that was deleted": ("DELETE FROM cases WHERE external_id = 'eaves'", "I-2", "缺号"),
    "a holder that is none": (
        f"UPDATE grants SET ends_at = starts_at WHERE case_id = {_WAGES} AND kind = 'holder'", "I-3", "承办单位"),
    "a holder that is another": (
        f"UPDATE cases SET holder_id = (SELECT min(id) + 1 FROM organisations) WHERE id = {_WAGES}", "I-3", "承办单位"),
    "a receiver without a grant": (
        f"UPDATE cases SET receiver_id = holder_id WHERE id = {_WAGES}", "I-3", "等待接收"),
    "a printer that was not asked": (
        f"INSERT INTO grants (case_id, organisation_id, kind, starts_at) SELECT case_id, organisation_id, 'printer', "
        f"starts_at FROM grants WHERE case_id = {_WAGES} AND kind = 'holder' LIMIT 1", "I-3", "代打印"),
    "a gap in the sessions": (
        f"DELETE FROM mediation_sessions WHERE case_id = {_WAGES} AND number = 2", "I-3", "调解记录"),
    "a deadline without a source": (f"UPDATE deadlines SET source = '' WHERE case_id = {_WAGES}", "I-3", "依据"),
    "a party of another case": (
        f"UPDATE clause_parties SET party_id = {_OTHER_PARTY} WHERE clause_id = {_CLAUSE} AND side = 'obligor'",
        "I-10", "不是本案"),
    "a row without its parent": ("DELETE FROM organisations WHERE code = '430522102207'", "I-10", "不存在"),
    "a line of the ledger that was bent": (
        f"UPDATE ledger_lines SET paid = 0 WHERE clause_id = {_CLAUSE} AND paid > 0", "I-12", "对不上"),
    "a line of the ledger that is gone": (
        f"DELETE FROM ledger_lines WHERE clause_id = {_CLAUSE} AND no = 1", "I-12", "台账各笔"),
    "a missing signature": (
        f"DELETE FROM signatures WHERE agreement_id = {_AGREEMENT} AND kind = 'party' AND id = "
        f"(SELECT min(id) FROM signatures WHERE agreement_id = {_AGREEMENT})", "I-6", "a1"),
    "a voided seal": (
        f"UPDATE signatures SET voided_at = signed_at WHERE agreement_id = {_AGREEMENT} AND kind = 'seal'",
        "I-6", "公章"),
    "no mediator's signature": (
        f"DELETE FROM signatures WHERE agreement_id = {_AGREEMENT} AND kind = 'mediator'", "I-6", "调解员"),
    "an effect without a day": (
        f"UPDATE agreements SET effective_on = NULL WHERE id = {_AGREEMENT}", "I-6", "生效日期"),
    "performance of a draft": (f"UPDATE agreements SET state = 'drafted' WHERE id = {_AGREEMENT}", "I-6", "履行中"),
    "a live signature on a void text": (
        "UPDATE signatures SET voided_at = NULL WHERE voided_at IS NOT NULL", "I-6", "已作废"),
    "a ruling without a day": (
        f"UPDATE confirmations SET ruling_on = NULL WHERE case_id = {_WAGES}", "I-6", "裁定日期"),
    "two applications at once": ("UPDATE confirmations SET state = 'filed'", "I-6", "只能有一个"),
    "an instalment that grew": (
        f"UPDATE installments SET amount = amount + 1 WHERE clause_id = {_CLAUSE} AND no = 1", "I-12", "各期"),
    "a share that shrank": (
        f"UPDATE clause_parties SET amount = amount - 1 WHERE clause_id = {_CLAUSE} AND side = 'share'",
        "I-12", "份额"),
    "a payment beyond the promise": (
        f"UPDATE payments SET amount = amount + 100 WHERE clause_id = {_CLAUSE}", "I-12", "超过"),
    "facts that cannot be read": (
        f"UPDATE documents SET facts = 'aes1:AAAA' WHERE case_id = {_WAGES}", "I-5", "解不开"),
    "a paper of no entry": (
        f"UPDATE documents SET entry_number = 999 WHERE case_id = {_WAGES} AND number = 1", "I-5", "不属于"),
    "a hash without a file": (
        f"UPDATE documents SET sha256 = 'ab', pages = 1, rendered_at = issued_at "
        f"WHERE case_id = {_WAGES} AND number = 1",
        "I-5", "文件不见了"),
    "pages without a hash": (
        f"UPDATE documents SET pages = 1 WHERE case_id = {_WAGES} AND number = 1", "I-5", "不齐"),
    "a column nobody knows": ("ALTER TABLE cases ADD COLUMN colour TEXT", "I-11", "colour"),
    "an older schema": ("UPDATE alembic_version SET version_num = '0000'", "I-11", "0000"),
    "a guard that was taken away": ("DROP TRIGGER entries_are_not_deleted", "I-7", "entries_are_not_deleted"),
}  # fmt: skip
GUARDS = ("entries_are_not_changed", "entries_are_not_deleted")


def test_nothing_is_found_where_nothing_is_wrong(busy_office: Office) -> None:
    assert "全部核对无误" in busy_office.run("verify").stdout


@pytest.mark.parametrize("planted", VIOLATIONS)
def test_each_violation_is_found(busy_office: Office, planted: str) -> None:
    sql, promise, words = VIOLATIONS[planted]
    triggers = dict(busy_office.ask("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    if "entries" in sql and not sql.startswith("DROP"):
        for name in GUARDS:
            busy_office.change(f"DROP TRIGGER {name}")
    assert busy_office.change(sql) != 0
    if "entries" in sql and not sql.startswith("DROP"):
        for name in GUARDS:
            busy_office.change(triggers[name])
    lines = busy_office.run("verify", expect=1).stdout.splitlines()
    assert any(line.startswith(f"{promise} ") and words in line for line in lines), lines


def test_the_database_itself_refuses_to_change_an_entry(busy_office: Office) -> None:
    for sql in ("UPDATE entries SET by_name = 'x'", "DELETE FROM entries"):
        with pytest.raises(Exception, match="an entry is"):
            busy_office.change(sql)


def test_a_paper_that_was_changed_on_the_disk_is_found(busy_office: Office) -> None:
    path = _render_one(busy_office)
    busy_office.run("verify")
    path.write_bytes(path.read_bytes() + b" ")
    assert "被改动过" in busy_office.run("verify", expect=1).stdout
    path.unlink()
    assert "不见了" in busy_office.run("verify", expect=1).stdout


def _render_one(office: Office) -> Path:
    from mediation.database import db

    with office.app.app_context():
        [(number,)] = office.ask(f"SELECT id FROM documents WHERE case_id = {_WAGES} AND number = 1")
        return fetch_paper(db.session(), shelf(), number).path
