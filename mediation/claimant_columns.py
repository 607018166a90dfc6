"""Which column of a handed-in list holds what: by its heads, or, where a list has none, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from mediation.tables import Row, TableRefused

#: column → how offices head it; the first is what our own template says.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "工人姓名", "职工姓名", "申请人姓名", "申请人", "员工姓名"),
    "gender": ("性别",),
    "id_number": ("身份证号", "身份证号码", "身份证", "证件号码", "证件号", "公民身份号码"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "联系方式"),
    "address": ("住址", "地址", "家庭住址", "户籍地址", "联系地址"),
    "days": ("天数", "出勤天数", "出工天数", "工日", "工天", "工作天数"),
    "wage": ("日工资", "工价", "日工价", "工资标准", "日工资标准", "单价"),
    "claim_amount": ("金额", "欠薪金额", "欠薪", "拖欠金额", "拖欠工资", "欠款", "请求金额",
                      "应付金额", "应发工资", "工资", "欠发工资", "欠款金额"),
    "representative": ("推选代表", "代表", "代表人", "诉讼代表", "谈判代表"),
}  # fmt: skip
_TOLD_APART = {
    "id_number": re.compile(r"[0-9]{14,18}[0-9Xx]"),
    "phone": re.compile(r"1[0-9]{9,11}"),
    "name": re.compile(r"[㐀-鿿𠀀-\U0003ffff·]{2,20}"),
}
_SUM = re.compile(r"[¥￥]?[0-9][0-9,，]{0,14}(\.[0-9]{1,2})?(元|万元?)?")
_PLAIN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_HEAD = re.compile(r"[^0-9０-９]{1,12}")


class ColumnsMissing(TableRefused):
    """There is no column of names; `found` are the headings there are, and never what stands under them."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("no_names" if found else "no_heads")
        self.found = found


def find_columns(rows: Sequence[Row]) -> tuple[dict[int, str], Sequence[Row]]:
    """Place → column, and the rows below the heads; raises ColumnsMissing, and TableRefused where sums are in doubt."""
    by_word = {word: name for name, words in COLUMNS.items() for word in words}
    for at, (_, cells) in enumerate(rows[:15]):
        places: dict[int, str] = {}
        for place, cell in enumerate(cells):
            head = re.sub(r"[\s*＊:：]|[（(].*?[）)]", "", cell)
            name = by_word.get(head)
            if name and name not in places.values():
                places[place] = name
        if "name" in places.values():
            return places, rows[at + 1 :]
    if places := _guess_columns(rows):
        return places, rows
    raise ColumnsMissing(_headings(rows))


def _headings(rows: Sequence[Row]) -> list[str]:
    """The cells of the first line that looks like heads; a line with figures in it is somebody's, and is not told."""
    for _, cells in rows[:15]:
        said = [cell for cell in cells if cell]
        if len(said) > 1 and all(_HEAD.fullmatch(cell) for cell in said):
            return said
    return []


def _guess_columns(rows: Sequence[Row]) -> dict[int, str]:
    """A list without a head line, as it is pasted from a chat: names, numbers and sums know themselves apart."""
    places: dict[int, str] = {}
    sums: list[int] = []
    for place in range(max((len(cells) for _, cells in rows), default=0)):
        column = [cells[place] for _, cells in rows if place < len(cells) and cells[place]]
        name = next((name for name, told in _TOLD_APART.items() if _mostly(told, _closed(column))), "")
        if name and name not in places.values():
            places[place] = name
        elif not name and _mostly(_SUM, column) and not _counts(column):
            sums.append(place)
    if "name" not in places.values():
        return {}
    return places | _tell_sums(rows, sums)


def _closed(column: Sequence[str]) -> list[str]:
    return [re.sub(r"\s", "", cell) for cell in column]


def _mostly(pattern: re.Pattern[str], column: Sequence[str]) -> bool:
    fitting = sum(1 for cell in column if pattern.fullmatch(cell))
    return bool(column) and fitting * 5 >= len(column) * 4


def _counts(column: Sequence[str]) -> bool:
    """Whether a column only numbers the lines: 1, 2, 3 …"""
    return [cell.rstrip(".．、") for cell in column] == [str(n) for n in range(1, len(column) + 1)]


def _tell_sums(rows: Sequence[Row], places: Sequence[int]) -> dict[int, str]:
    """One column of figures is the amount; days, wage and amount are known by their product; else nobody can tell."""
    if len(places) < 2:
        return dict.fromkeys(places, "claim_amount")
    days, wage, amount = places[-3:] if len(places) > 2 else (-1, -1, -1)
    if days >= 0 and all(_multiplies([cells[at] for at in (days, wage, amount)])
                         for _, cells in rows if len(cells) > amount):  # fmt: skip
        return {days: "days", wage: "wage", amount: "claim_amount"}
    raise TableRefused("which_amount")


def _multiplies(cells: Sequence[str]) -> bool:
    plain = [re.sub(r"[,，¥￥元]", "", cell) for cell in cells]
    if not all(_PLAIN.fullmatch(cell) for cell in plain):
        return False
    days, wage, amount = (Decimal(cell) for cell in plain)
    return days * wage == amount
