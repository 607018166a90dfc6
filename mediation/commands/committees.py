"""`mediation committee …`: certificates for electronic seals, and sealing an agreement from the command line."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from documents import DocumentError
from mediation.casefile_export import find_case
from mediation.commands.office import keys, session, settings, writing
from mediation.commands.speaking import Speaking, Stop, print_json
from mediation.models import Case, Committee, Organisation
from mediation.sealing import SealError, keep_certificate
from mediation.seals import make_sealed
from mediation.services import sealing, steps
from mediation.services.desk import Desk
from mediation.services.people import By
from workflows import Refused

BY = "命令行"


@click.group("committee", cls=Speaking, help="调委会：电子印章的证书。")
def committee() -> None:
    """Committees."""


@committee.command("certificate", help="登记调委会的证书（带私钥的 .p12 / .pfx）；原来的停用，留着核对旧章。")
@click.argument("code", metavar="ORGANIZATION")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="写有证书口令的文件；不给就当场问，或读 MEDIATION_CERTIFICATE_PASSWORD。",
)
@with_appcontext
def certificate(code: str, file: Path, password_file: Path | None) -> None:
    """Register a committee's certificate."""
    password = _password(password_file)
    try:
        found = keep_certificate(settings().instance, file.read_bytes(), password)
    except SealError as error:
        raise Stop(str(error)) from error
    if found.valid_until < datetime.now(UTC):
        raise Stop(f"证书已于{found.valid_until:%Y-%m-%d}过期。请向发证机构换新证书。")
    with writing() as desk:
        place = desk.session.scalar(select(Organisation).where(Organisation.code == code.ljust(12, "0")))
        owner: Committee | None = place.committee if place else None
        if owner is None:
            raise Stop(f"没有代码是 {code} 的机构，或它没有调委会。请先运行 mediation organizations import。")
        row = sealing.register(desk, owner, found, BY)
        told = {"committee": owner.name, "subject": row.subject, "fingerprint": row.fingerprint}
    print_json(told | {"valid_until": f"{found.valid_until:%Y-%m-%d}"})


def _password(file: Path | None) -> str:
    if file is not None:
        return file.read_text("utf-8").rstrip("\r\n")
    given = os.environ.get("MEDIATION_CERTIFICATE_PASSWORD")
    return given if given is not None else str(click.prompt("证书口令", hide_input=True, default=""))


@committee.command("seal", help="给已生效的协议书盖电子印章（县里开通了电子签章才行）。")
@click.argument("number", metavar="CASE_NO")
@with_appcontext
def seal(number: str) -> None:
    """Seal the agreement of a case and put the sealed copy on record."""
    found = find_case(session(), number)
    if found is None:
        raise Stop(f"没有这个案号：{number}。请核对后再试。")
    case_id = found.id
    try:
        facts = make_sealed(Desk(session(), keys(), datetime.now(UTC)), settings(), found)
        with writing() as desk:
            case = desk.session.get_one(Case, case_id)
            steps.take(desk, case, "add_file", by=By.case_file(BY), at=desk.now, facts=facts)
            told = {"case_no": case.case_no, "file": case.all_attachments[-1].number}
    except Refused as refused:
        raise Stop("\n".join(reason.in_words() for reason in refused.reasons)) from refused
    except (SealError, DocumentError) as error:
        raise Stop(str(error)) from error
    print_json(told | {"sha256": facts["file"]["sha256"]})
