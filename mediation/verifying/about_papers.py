"""I-5: every paper's facts can be read, and every paper that was rendered lies on the shelf, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.exc import StatementError

from documents import DocumentError, thaw
from mediation.keys import KeyMissing
from mediation.models import Document, Entry
from mediation.rendering import Shelf, is_whole
from mediation.verifying.reading import Reader, Violation


def check_facts(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Each paper belongs to an entry and its facts are those of its type."""
    columns = (Document.number, Document.type, Document.facts)
    try:
        for case_id, rows in reader.by_case(columns, ids, Document.case_id, Document.number):
            for row in rows:
                try:
                    thaw(row.type, row.facts)
                except DocumentError as error:
                    yield Violation("I-5", reader.name(case_id), f"第{row.number}份文书：{error}")
    except (KeyMissing, StatementError, ValueError) as error:
        yield Violation("I-5", "文书", f"内容解不开，密钥不对或数据被改过（{type(error).__name__}）")
    lost = (
        select(Document.case_id, Document.number)
        .outerjoin(Entry, (Entry.case_id == Document.case_id) & (Entry.number == Document.entry_number))
        .where(Document.case_id.in_(ids), Entry.id.is_(None))
    )
    for case_id, number in reader.rows(lost):
        yield Violation("I-5", reader.name(case_id), f"第{number}份文书不属于任何一条办理记录")


def check_files(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """A paper with a hash has its file, its page count and the moment it was made."""
    shelf = Shelf(reader.papers, None)
    query = select(
        Document.case_id,
        Document.number,
        Document.type,
        Document.sha256,
        Document.pages,
        Document.rendered_at,
    ).where(
        Document.case_id.in_(ids),
        or_(Document.sha256.is_not(None), Document.pages.is_not(None), Document.rendered_at.is_not(None)),
    )
    for row in reader.rows(query):
        about = f"第{row.number}份文书（{row.type}）"
        if row.sha256 is None or not row.pages or row.rendered_at is None:
            yield Violation("I-5", reader.name(row.case_id), f"{about}的哈希、页数和生成时间不齐")
        elif not shelf.place_of(row.sha256).exists():
            yield Violation("I-5", reader.name(row.case_id), f"{about}的文件不见了")
        elif not is_whole(shelf.place_of(row.sha256), row.sha256):
            yield Violation("I-5", reader.name(row.case_id), f"{about}的文件被改动过")
