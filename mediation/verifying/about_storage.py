"""I-8…I-11: the store is whole, references lead somewhere, the schema is the newest, keys were used once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlalchemy import Engine, func, or_, select, text

from mediation import migrating
from mediation.models import Notice, SubmittedForm, UserSession
from mediation.verifying.reading import Reader, Violation


def check_store(reader: Reader) -> Iterator[Violation]:
    """I-10: the database file is intact and every reference leads to a row; PostgreSQL sees to both itself."""
    if reader.session.get_bind().dialect.name != "sqlite":
        return
    for (said,) in reader.session.execute(text("PRAGMA integrity_check")).all():
        if said != "ok":
            yield Violation("I-10", "数据库文件", f"已损坏（{said}），请从备份恢复")
    for table, rowid, parent, _ in reader.session.execute(text("PRAGMA foreign_key_check")).all():
        yield Violation("I-10", f"{table} 第{rowid}行", f"指向 {parent} 里不存在的一行")


def check_schema(reader: Reader) -> Iterator[Violation]:
    """I-11: the schema is the newest one and just what the models say."""
    engine = cast(Engine, reader.session.get_bind())
    reader.let_go()  # the schema is read over another connection
    present, newest = migrating.present_revision(engine), migrating.newest_revision()
    if present != newest:
        yield Violation("I-11", "数据库结构", f"是{present or '（空）'}，应是{newest}，请运行 mediation init")
        return
    for difference in migrating.differences(engine):
        yield Violation("I-11", "数据库结构", f"和程序要的不一样：{str(difference)[:200]}")


def check_outbox(reader: Reader) -> Iterator[Violation]:
    """I-8, I-9: a form's key was used once; nothing was delivered before it was written."""
    doubles = (
        select(SubmittedForm.user_id, SubmittedForm.key)
        .group_by(SubmittedForm.user_id, SubmittedForm.key)
        .having(func.count() > 1)
    )
    for user, key in reader.rows(doubles):
        yield Violation("I-8", f"用户{user}的表单{key}", "同一张表单办理了两次")
    wrong = select(Notice.id).where(or_(Notice.delivered_at < Notice.created_at, Notice.text == ""))
    for (notice,) in reader.rows(wrong):
        yield Violation("I-9", f"通知{notice}", "送达时间早于写成时间，或没有内容")
    backwards = select(UserSession.id).where(UserSession.ended_at < UserSession.started_at)
    for (login,) in reader.rows(backwards):
        yield Violation("I-9", f"登录{login}", "结束早于开始")
