"""What the bound file of a case must be told: cover, contents, case note, back cover."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated as A

from .papers import Facts


@dataclass(frozen=True, kw_only=True)
class ContentsFacts:
    """One line of the contents; without pages it is left to be filled in by hand."""

    title: A[str, "文书名称"]
    first_page: A[int | None, "起始页号"] = None
    last_page: A[int | None, "终止页号"] = None
    note: A[str, "备注"] = ""


@dataclass(frozen=True, kw_only=True)
class CaseNoteFacts:
    """卷宗情况说明: what is missing or defective, which papers are copies, anything out of the ordinary."""

    text: A[str, "情况说明"] = ""
    missing: A[tuple[str, ...], "缺少的材料"] = ()
    filed_by: A[str, "立卷人"] = ""
    checked_by: A[str, "检查人"] = ""
    filed_on: A[date | None, "立卷时间"] = None
    checked_on: A[date | None, "检查时间"] = None


@dataclass(frozen=True, kw_only=True)
class Dossier(Facts):
    """卷宗; ``contents`` and ``page_count`` are filled in by ``documents.bind``."""

    year: A[int, "年度"]
    volume_title: A[str, "卷名"]
    volume_no: A[str, "卷号"]
    mediators: A[tuple[str, ...], "人民调解员"] = ()
    mediated_from: A[date | None, "调解开始日期"] = None
    mediated_to: A[date | None, "调解终止日期"] = None
    filed_by: A[str, "立卷人"] = ""
    filed_on: A[date | None, "立卷日期"] = None
    retention: A[str, "保管期限"] = ""  # 永久, 30年, 10年
    remark: A[str, "备注"] = ""
    contents: A[tuple[ContentsFacts, ...], "卷内目录"] = ()
    note: A[CaseNoteFacts, "卷宗情况说明"] = CaseNoteFacts()
    page_count: A[int | None, "页数"] = None  # numbered pages: papers and case note
    bound_by: A[str, "装订人"] = ""
    bound_on: A[date | None, "装订日期"] = None
