"""`mediation doctor`: what this installation lacks, in plain words; exit 1 when something must be mended."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from documents import fonts
from mediation import migrating
from mediation.commands.office import session, settings
from mediation.commands.setting_up import journal_words
from mediation.database import db
from mediation.models import (
    CalendarYear,
    Case,
    Committee,
    CommitteeMember,
    Entry,
    Organisation,
    Party,
    PartyHelper,
    Signature,
    User,
)
from workflows.steps import SHANGHAI

LEAST_ROOM = 500 * 1024 * 1024  # bytes; below this a database may not be able to write its journal
#: No clock of a machine that runs this can be before the day it was written.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `must` is what has to be mended, `may` what could be better."""

    zh: str
    en: str
    must: bool = False
    may: bool = False


def about_fonts() -> Iterator[Finding]:
    """Who fills each slot, and what cannot be printed."""
    report = fonts.report()
    for (slot, font), code in zip(report.slots, fonts.SLOTS, strict=True):
        yield Finding(f"字体 {slot}：{font}", f"font {code}", must=font == "无")
    yield Finding(
        f"备用字体：{'、'.join(report.fallbacks) or '无'}", "fallback fonts", may=not report.fallbacks
    )
    for problem in report.problems:
        if "没有字体" not in problem:
            yield Finding(problem, "fonts: see docs", may=True)
    if report.fast_subsetting:
        yield Finding("libharfbuzz-subset：有", "fast font subsetting")


#: Whatever of these goes onto paper has to be printable.
NAMES = (
    Party.name,
    Party.legal_representative,
    PartyHelper.name,
    Organisation.name,
    Committee.name,
    CommitteeMember.name,
    User.name,
    Signature.name,
    Case.title,
)


def about_names() -> Iterator[Finding]:
    """Characters of names that are in the database and that no font can print."""
    said: set[str] = set()
    for column in NAMES:
        for name in session().scalars(select(column).distinct()):
            said.update(name or "")
    for mediators in session().scalars(select(Case.mediators)):
        said.update("".join(mediators or ()))
    lacking = fonts.unprintable("".join(sorted(said)))
    if lacking:
        words = "、".join(f"{sign}（U+{ord(sign):04X}）" for sign in lacking)
        yield Finding(
            f"这些姓名、地名用字打印不出来：{words}。请安装含有它们的字体，例如 fonts-babelstone-han",
            "some names cannot be printed: install a font that has these characters",
            must=True,
        )
    else:
        yield Finding("库里的姓名、地名都能打印", "every name in the database can be printed")


def about_database() -> Iterator[Finding]:
    """Reachable, at the newest schema, and with which journal."""
    session().execute(text("SELECT 1"))
    present, newest = migrating.present_revision(db.engine), migrating.newest_revision()
    if present != newest:
        yield Finding(
            f"数据库结构是{present or '（空）'}，应是{newest}。请运行 mediation init",
            "the schema is not the newest: run mediation init",
            must=True,
        )
    else:
        yield Finding(f"数据库能连上，结构是最新的（{newest}）", "database reachable, schema up to date")
    if settings().is_sqlite:
        mode = session().execute(text("PRAGMA journal_mode")).scalar_one()
        yield Finding(
            f"SQLite {sqlite3.sqlite_version}，日志方式 {mode}：{journal_words()}", f"journal mode {mode}"
        )


def about_calendar() -> Iterator[Finding]:
    """Which years' rest days are known; the next one is announced in November."""
    years = sorted(session().scalars(select(CalendarYear.year)))
    today = datetime.now(SHANGHAI).date()
    if today.year not in years:
        yield Finding(
            f"没有{today.year}年的节假日，期限只能按周末估算。请更新系统，或由管理员录入",
            f"the rest days of {today.year} are missing",
            must=True,
        )
    else:
        yield Finding(f"节假日：{years[0]}年至{years[-1]}年", f"calendar years {years[0]}–{years[-1]}")
    if today.year + 1 not in years:
        yield Finding(
            f"还没有{today.year + 1}年的节假日（国务院一般在十一月公布）。跨年的期限先按周末估算，公布后会重算",
            f"the rest days of {today.year + 1} are not known yet",
            may=True,
        )


def about_keys() -> Iterator[Finding]:
    """The key file is there, fits, and nobody else can read it."""
    path = settings().instance / "keys.json"
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        yield Finding(
            f"密钥文件别人也能读（{mode:o}）。请运行：chmod 600 {path}",
            "keys.json is open to others",
            must=True,
        )
    else:
        yield Finding(f"密钥文件：{path}，只有本系统能读", "keys.json is private")
    holder = session().scalar(select(User).limit(1))  # reading one decrypts it, or raises KeyMissing
    if holder is None:
        yield Finding("还没有用户。请运行 mediation users add，或 mediation demo", "no users yet", may=True)


def about_disk() -> Iterator[Finding]:
    """Room for the database and the papers, and a folder that can be written in."""
    folder = settings().instance
    free = shutil.disk_usage(folder).free
    words = f"磁盘剩余{free / 1024**3:.1f} GB"
    if free < LEAST_ROOM:
        yield Finding(f"{words}，太少了。请先腾出空间", "the disk is nearly full", must=True)
    else:
        yield Finding(words, "disk space")
    if not os.access(folder, os.W_OK):
        yield Finding(f"{folder} 写不进去。请检查权限", "the instance folder cannot be written", must=True)


def about_clock() -> Iterator[Finding]:
    """The clock is not before this system was written, nor before what it has recorded itself."""
    now = datetime.now(UTC)
    newest = session().scalar(select(func.max(Entry.recorded_at)))
    if now < EARLIEST or (newest is not None and newest - now > timedelta(minutes=5)):
        yield Finding(
            f"电脑的时间是{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}，不对。请校准时间后再使用，否则期限会算错",
            "the clock is wrong",
            must=True,
        )
    else:
        yield Finding(f"电脑时间：{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}（北京时间）", "clock")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    about_database,
    about_keys,
    about_names,
    about_calendar,
    about_clock,
    about_fonts,
    about_disk,
)


def examine() -> Iterator[Finding]:
    """Everything looked at; a check that cannot be made is a finding too."""
    for check in CHECKS:
        try:
            yield from check()
        except SQLAlchemyError as error:
            db.session.rollback()
            said = str(getattr(error, "orig", None) or error).splitlines()[0]
            yield Finding(
                f"数据库查不了（{said}）。请运行 mediation init；还不行就检查数据库是否在运行",
                "the database cannot be asked: run mediation init",
                must=True,
            )
        except OSError as error:
            place = Path(error.filename or settings().instance)
            yield Finding(f"{place} 读不了：{error.strerror}", f"{place}: {error.strerror}", must=True)


@click.command("doctor", help="检查本机缺什么：字体、数据库、节假日、密钥、磁盘、时间。")
@with_appcontext
def doctor() -> None:
    """Say what was found; leave with 1 when something must be mended."""
    found = list(examine())
    for finding in found:
        mark = "✗" if finding.must else "!" if finding.may else "✓"
        click.echo(f"{mark} {finding.zh} / {finding.en}")
    wrong = sum(finding.must for finding in found)
    if wrong:
        click.echo(f"有{wrong}处必须处理。 / {wrong} to mend.")
        raise click.exceptions.Exit(1)
    click.echo("可以使用。 / Ready.")
