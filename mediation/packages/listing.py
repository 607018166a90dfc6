"""The table that goes with a bundle: a row a case, every cell a text, nothing that a program would compute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import xlsxwriter

from mediation.models import Case, Confirmation
from mediation.services import obligations
from workflows.periods import write_date_zh

NAME = "index.xlsx"
HEADS = (
    ("序号", 6), ("文件夹", 34), ("案件编号", 14), ("案号", 30), ("申请人", 30), ("协议编号", 26), ("协议生效日期", 16),
    ("申请日期", 16), ("申请期限最后一天", 18), ("标的额（元）", 14), ("受理法院", 20), ("法院案号", 26), ("文件数", 8),
    ("缺少的材料", 30), ("承办调委会", 24), ("调委会电话", 16),
)  # fmt: skip


@dataclass
class Row:
    """One case of the bundle."""

    folder: str
    number: str
    case_no: str
    parties: list[str]
    agreement: str
    effective: str
    filed: str
    last_day: str
    amount: str
    court: str
    court_number: str
    committee: str
    phone: str
    lacking: list[str] = field(default_factory=list)
    files: int = 0

    def cells(self, place: int) -> list[str]:
        """The cells, in the order of the heads."""
        return [
            str(place), self.folder, self.number, self.case_no, "、".join(self.parties), self.agreement, self.effective,
            self.filed, self.last_day, self.amount, self.court, self.court_number, str(self.files),
            "、".join(self.lacking), self.committee, self.phone,
        ]  # fmt: skip


def describe(case: Case, application: Confirmation, folder: str, lacking: Sequence[str]) -> Row:
    """A case as its row tells it."""
    window = [row.last_day for row in case.deadlines if row.name == "confirmation_window"]
    sums = [clause.amount for clause in application.agreement.clauses if clause.amount is not None]
    effective = application.agreement.effective_on
    return Row(
        folder=folder,
        number=case.public_number,
        case_no=case.case_no,
        parties=[party.name for party in case.parties if party.role != "third_party"],
        agreement=application.agreement.number,
        effective=write_date_zh(effective) if effective else "",
        filed=write_date_zh(obligations.civil_day(application.filed_at)),
        last_day=write_date_zh(window[-1]) if window else "",
        amount=f"{sum(sums):.2f}" if sums else "",
        court=application.court,
        court_number=application.court_number,
        committee=case.committee.name,
        phone=case.holder.phone,
        lacking=list(lacking),
    )


def write_listing(rows: Iterable[Row], title: str) -> bytes:
    """The workbook; a cell that begins like a formula is a text all the same."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": title})
    sheet = book.add_worksheet("清单")
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"}
    )
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, title, book.add_format({"bold": True, "font_size": 14}))
    for column, (name, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, head)
    count = 1
    for count, row in enumerate(rows, start=2):
        for column, cell in enumerate(row.cells(count - 1)):
            sheet.write_string(count, column, cell, text)
    sheet.freeze_panes(2, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.print_area(0, 0, count, len(HEADS) - 1)
    book.close()
    return out.getvalue()
