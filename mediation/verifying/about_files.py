"""I-5: every file that a case names lies in its place, byte for byte, and no number of a file is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mediation.models import Attachment
from mediation.rendering import is_whole
from mediation.verifying.reading import Reader, Violation


def check_attachments(reader: Reader, ids: Sequence[int]) -> Iterator[Violation]:
    """Files are numbered without a gap and hash to what was recorded."""
    columns = (Attachment.number, Attachment.title, Attachment.sha256, Attachment.size)
    folder = reader.papers.with_name("files")
    for case_id, rows in reader.by_case(columns, ids, Attachment.case_id, Attachment.number):
        if [row.number for row in rows] != list(range(1, len(rows) + 1)):
            yield Violation("I-5", reader.name(case_id), "材料的序号不连续，可能有一份被删掉了")
        for row in rows:
            place = folder / row.sha256[:2] / row.sha256
            if not is_whole(place, row.sha256) or place.stat().st_size != row.size:
                yield Violation("I-5", reader.name(case_id), f"第{row.number}份材料的文件不在或被改过")
