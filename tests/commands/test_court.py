"""`mediation court`: what waits in one file, the proof that nothing was changed, and what a kill leaves."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from mediation.packages import verify_bundle
from tests.offices import Office

COURT, OTHER = "新邵县人民法院", "邵阳县人民法院"
ROOT = Path(__file__).resolve().parent.parent.parent


def before_court(
    cases: dict[str, dict[str, Any]], count: int = 2, court: str = COURT
) -> list[dict[str, Any]]:
    """The wages of 42 workers, up to the application, so many times."""
    case = cases["wages"]
    events = case["events"][: [event["do"] for event in case["events"]].index("apply_confirmation") + 1]
    events = [*events[:-1], {**events[-1], "court": court}]
    return [{**case, "external_id": f"wages-{court}-{no}", "events": events} for no in range(count)]


def export(office: Office, out: Path, *more: str, expect: int = 0) -> list[dict[str, Any]]:
    """What `court export` prints of each case."""
    result = office.run("court", "export", "--out", out, *more, expect=expect)
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def test_what_waits_for_a_court_is_packed_in_filing_order_and_proved(
    office: Office, cases: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    told = office.import_cases(*before_court(cases))
    out = tmp_path / "to the court" / "包.zip"
    rows = export(office, out)
    assert [row["case"] for row in rows] == [
        number for (number,) in office.ask("SELECT public_number FROM cases ORDER BY id")
    ]
    assert len(told) == 2 and all(row["files"] >= 8 for row in rows)
    assert "都和清单一致" in office.run("court", "verify", out).output
    with zipfile.ZipFile(out) as bundle:
        names = bundle.namelist()
        for place, row in enumerate(rows, start=1):
            inside = sorted(name.split("/")[1] for name in names if name.startswith(f"{row['folder']}/"))
            assert row["folder"].startswith(f"{place:04d}_{row['case']}_")
            assert [name[:2] for name in inside] == sorted(name[:2] for name in inside)
            assert inside[0] == "00_合订本.pdf" and inside[1] == "01_司法确认申请书.pdf"
            text = "".join(
                page.extract_text()
                for page in PdfReader(BytesIO(bundle.read(f"{row['folder']}/01_司法确认申请书.pdf"))).pages
            )
            assert COURT in "".join(text.split())
        book = load_workbook(BytesIO(bundle.read("index.xlsx")))
        cells = [
            str(cell.value) for line in book.active.iter_rows() for cell in line if cell.value is not None
        ]
        assert all(any(row["case"] in cell for cell in cells) for row in rows)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    [(count,)] = office.ask("SELECT count(*) FROM access_records WHERE action = 'export'")
    assert count == 2


def test_one_changed_byte_is_found_named_and_answered_with_one(
    office: Office, cases: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    office.import_cases(*before_court(cases, 1))
    out = tmp_path / "a.zip"
    [row] = export(office, out)
    with zipfile.ZipFile(out) as bundle:
        where = bundle.getinfo(f"{row['folder']}/04_送达地址确认书.pdf").header_offset
    data = bytearray(out.read_bytes())
    data[where + 200] ^= 1
    (tmp_path / "b.zip").write_bytes(bytes(data))
    said = office.run("court", "verify", tmp_path / "b.zip", expect=1).output
    assert "04_送达地址确认书.pdf" in said and ("被改动过" in said or "读不出来" in said)
    (tmp_path / "c.zip").write_bytes(bytes(data[:1000]))
    assert "不是完整的卷宗包" in office.run("court", "verify", tmp_path / "c.zip", expect=1).output


def test_one_court_is_never_handed_what_went_to_another(
    office: Office, cases: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    office.import_cases(*before_court(cases, 1), *before_court(cases, 1, OTHER))
    asked = office.run("court", "export", "--out", tmp_path / "a.zip", expect=1).output
    assert COURT in asked and OTHER in asked and not (tmp_path / "a.zip").exists()
    [row] = export(office, tmp_path / "b.zip", "--court", OTHER)
    [(number,)] = office.ask(
        "SELECT c.public_number FROM cases c JOIN confirmations f ON f.case_id = c.id WHERE f.court = :court",
        court=OTHER,
    )
    assert row["case"] == number
    unknown = office.run(
        "court", "export", "--out", tmp_path / "c.zip", "--court", "别的法院", expect=1
    ).output
    assert "没有交到“别的法院”的申请" in unknown
    later = office.run(
        "court", "export", "--out", tmp_path / "d.zip", "--since", "2090-01-01", expect=1
    ).output
    assert "现在没有等待审查的申请" in later


#: Dies as a machine dies, once the first case is packed and the second has begun.
KILLED = """
import os, signal, sys
from mediation.packages import bundle
real, packed = bundle._pack_case, []
def pack(*args):
    if packed:
        os.kill(os.getpid(), signal.SIGKILL)
    packed.append(1)
    return real(*args)
bundle._pack_case = pack
"""


def kill_in_the_middle(office: Office, then: str, *args: str | Path) -> None:
    """Run something in a process of its own that is killed in the middle."""
    found = subprocess.run(
        [sys.executable, "-c", KILLED + then, *map(str, args)],
        env={**os.environ, "MEDIATION_INSTANCE": str(office.instance)}, cwd=ROOT, capture_output=True, timeout=300,
    )  # fmt: skip
    assert found.returncode == -9, found.stderr.decode()[-2000:]


def test_a_command_killed_in_the_middle_leaves_nothing_that_counts_and_runs_again(
    office: Office, cases: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    office.import_cases(*before_court(cases))
    out = tmp_path / "a.zip"
    kill_in_the_middle(
        office, "from mediation.commands import main; main(['court', 'export', '--out', sys.argv[1]])", out
    )
    assert not out.exists() and list(tmp_path.glob(".a.zip.*"))
    assert office.ask("SELECT count(*) FROM access_records WHERE action = 'export'") == [(0,)]
    assert len(export(office, out)) == 2
    assert verify_bundle(out)[1] == []


@pytest.mark.parametrize("umask", [0o022, 0])
def test_a_worker_killed_in_the_middle_is_taken_over_and_its_half_is_gone(
    office: Office, cases: dict[str, dict[str, Any]], umask: int
) -> None:
    from datetime import timedelta

    from sqlalchemy import select

    from mediation.clock import now
    from mediation.database import begin_writing, db
    from mediation.exporting import make_waiting_export
    from mediation.models import Case, CourtExport, Organisation, User
    from mediation.services import court_exports
    from mediation.services.desk import Desk

    office.import_cases(*before_court(cases))
    with office.app.app_context():
        begin_writing(db.session)
        desk = Desk(db.session(), office.app.extensions["mediation.keys"], now())
        place = db.session.scalars(select(Organisation).order_by(Organisation.id)).first()
        assert place is not None
        court = Organisation(code="court-1", name=COURT, kind="court", level="county", phone="", active=True)
        db.session.add(court)
        user = User(
            name="联络员", phone="13900000077", phone_hash="x", role="court", organisation=court,
            password_hash="-", must_change_password=False, failed_logins=0, active=True, created_at=desk.now,
        )  # fmt: skip
        db.session.add(user)
        db.session.flush()
        ids = list(db.session.scalars(select(Case.id).order_by(Case.id)))
        token = court_exports.ask_for(desk, user, court, ids, purpose="归卷", plain_names=True).token
        db.session.commit()
        db.session.remove()
    before = os.umask(umask)
    try:
        kill_in_the_middle(
            office,
            "from mediation import create_app\nfrom mediation.exporting import make_waiting_export\n"
            "make_waiting_export(create_app())",
        )
        folder = office.instance / "exports"
        halves = [path for path in folder.iterdir() if path.name.startswith(".")]
        assert halves and not (folder / f"{token}.zip").exists()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in halves} <= {0o600, 0o700}
        assert office.ask("SELECT state, sha256, expires_at FROM court_exports") == [("running", "", None)]
        assert not make_waiting_export(office.app), "it may still live"
        with office.app.app_context():
            begin_writing(db.session)
            row = db.session.scalars(select(CourtExport)).one()
            row.heard_at = now() - court_exports.SILENT - timedelta(seconds=1)
            db.session.commit()
        assert make_waiting_export(office.app)
    finally:
        os.umask(before)
    whole = folder / f"{token}.zip"
    assert office.ask("SELECT state, done, attempts FROM court_exports") == [("done", 2, 2)]
    assert verify_bundle(whole)[1] == [] and stat.S_IMODE(whole.stat().st_mode) == 0o600
    assert not list(folder.glob(".*.zip.*"))
