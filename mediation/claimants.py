"""A list of claimants as people keep it in a spreadsheet: its columns found, each row checked, its totals closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from mediation.case_payloads import PartyPayload
from mediation.claimant_columns import COLUMNS, find_columns
from mediation.forms import Yuan, flatten_errors
from mediation.spaced_names import join_spaced
from mediation.tables import LOST, Row

TEMPLATE = [names[0] for names in COLUMNS.values()]
GENDERS = {"男": "male", "女": "female"}
YES = frozenset({"是", "√", "✓", "对", "1", "y", "Y", "yes"})
NOT_ELECTED = frozenset({"否", "×"})
TOTALS = frozenset({"合计", "总计", "小计", "总额", "共计"})
MOST_ROWS = 2000
_TEN_THOUSANDS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*万\s*元?")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}")
_PARTY = PartyPayload()
_YUAN = Yuan()


@dataclass
class Member:
    """One row of the list: what it says, and what is wrong with it by column."""

    number: int  # the row's number in the spreadsheet
    cells: dict[str, str]
    data: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    known: str = ""  # the ref of the party that this is already


@dataclass
class ClaimList:
    """The whole list, as it is shown before anything is written."""

    members: list[Member]
    columns: list[str]
    said_total: Decimal | None = None
    notices: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)  # names from which blanks were taken

    @property
    def good(self) -> list[Member]:
        """Those that can be brought in."""
        return [one for one in self.members if not one.faults and not one.known]

    @property
    def bad(self) -> list[Member]:
        """Those that somebody has to mend."""
        return [one for one in self.members if one.faults and not one.known]

    @property
    def total(self) -> Decimal:
        """What the good ones claim together."""
        return sum((one.data.get("claim_amount") or Decimal(0) for one in self.good), Decimal(0))

    @property
    def whole_total(self) -> Decimal | None:
        """What all of the list claim together, where every amount can be read."""
        if any("claim_amount" in one.faults for one in self.members):
            return None
        return sum((one.data.get("claim_amount") or Decimal(0) for one in self.members), Decimal(0))


def check_list(
    rows: Sequence[Row],
    find_known: Callable[[dict[str, Any]], str] = lambda data: "",
    namesakes: Collection[str] = (),
) -> ClaimList:
    """Check a list row by row; raises TableRefused where nobody's name can be found, or not which sum is whose.

    find_known: the ref of the party that somebody with these data is already, so that the same file twice adds nobody
    twice.  namesakes: names of parties with an identity number: a row that says no number may mean one of them.
    """
    places, body = find_columns(rows)
    found = ClaimList([], sorted(places.values(), key=list(COLUMNS).index))
    for number, cells in body:
        said = {name: cells[place].strip() for place, name in places.items() if place < len(cells)}
        said = {name: text for name, text in said.items() if text}
        joined = join_spaced(said.get("name", ""))
        if joined in TOTALS or _says_total(cells):
            found.said_total = _read_total(said, cells)
        elif said:
            if joined and joined != said["name"]:
                said["name"] = joined
                found.joined.append(joined)
            if "representative" in said:
                said["representative"] = join_spaced(said["representative"])
            found.members.append(_check_row(number, said, found))
    _find_twins(found.members)
    for one in found.members:
        one.known = find_known(one.data) if one.data.get("name") else ""
        if not one.known and one.data.get("name") in namesakes and not one.cells.get("id_number"):
            text = f"案子里已有同名的{one.data['name']}，是同一个人吗？请补身份证号"
            one.faults.setdefault("id_number", text)
    return found


def _says_total(cells: Sequence[str]) -> bool:
    return any(join_spaced(cell).rstrip("：:") in TOTALS for cell in cells)


def _read_total(said: dict[str, str], cells: Sequence[str]) -> Decimal | None:
    for text in (said.get("claim_amount", ""), *reversed(cells)):
        try:
            return _YUAN.deserialize(text) if text else None
        except ValidationError:
            continue
    return None


def _check_row(number: int, said: dict[str, str], found: ClaimList) -> Member:
    one = Member(number, said)
    data: dict[str, Any] = {"role": "applicant", "kind": "person"}
    for name in ("name", "phone", "address", "id_number"):
        if text := said.get(name):
            data[name] = text
    _read_id(one, data)
    if gender := said.get("gender"):
        if gender in GENDERS:
            data["gender"] = GENDERS[gender]
        else:
            one.faults["gender"] = "性别请写“男”或“女”"
    if (amount := _amount(one, found)) is not None:
        data["claim_amount"] = str(amount)
    try:
        one.data = _PARTY.load(data)
    except ValidationError as error:
        for where, _, sentence in flatten_errors(error.messages):
            column = where if where in COLUMNS else "name"
            one.faults.setdefault(
                column, "请填写姓名" if where == "name" and not said.get("name") else sentence
            )
        one.data = {"name": said.get("name", "")} | ({"claim_amount": amount} if amount is not None else {})
    return one


def _read_id(one: Member, data: dict[str, Any]) -> None:
    text = data.get("id_number", "")
    if text == LOST or _SCIENTIFIC.fullmatch(text):
        one.faults["id_number"] = "身份证号被Excel改成了数字，后几位已经丢了。请把这一列设为“文本”，再填一遍"
        del data["id_number"]
    if data.get("phone") == LOST:
        del data["phone"]
        one.faults["phone"] = "电话号码太长了，请核对"


def _amount(one: Member, found: ClaimList) -> Decimal | None:
    """The row's claim: as it stands, or days times wage; where both are there they must agree."""
    amount, days, wage = (_read_sum(one, name, found) for name in ("claim_amount", "days", "wage"))
    if days is None or wage is None or {"days", "wage"} & one.faults.keys():
        return amount
    worked = (days * wage).quantize(Decimal("0.01"))
    if amount is not None and amount != worked:
        one.faults["claim_amount"] = (
            f"{days.normalize():f}天 × {wage:,.2f}元是{worked:,.2f}元，这里写的是{amount:,.2f}元，请核对"
        )
    return worked if amount is None else amount


def _read_sum(one: Member, name: str, found: ClaimList) -> Decimal | None:
    text = one.cells.get(name, "")
    if not text:
        return None
    if thousands := _TEN_THOUSANDS.fullmatch(text):
        amount = (Decimal(thousands.group(1)) * 10_000).quantize(Decimal("0.01"))
        found.notices.append(f"第{one.number}行：“{text}”按{amount:,.2f}元算")
        return amount
    try:
        plain = text.removesuffix("天").removeprefix("¥").removeprefix("￥").replace("，", "")
        read: Decimal = _YUAN.deserialize(plain)
    except ValidationError:
        what = {"days": "天数", "wage": "日工资"}.get(name, "金额")
        one.faults[name] = f"{what}请用数字，例如 3500"
        return None
    return read


def _find_twins(members: Sequence[Member]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for one in members:
        number, name, phone = (str(one.data.get(key) or "") for key in ("id_number", "name", "phone"))
        if not name:
            continue
        key = ("id", number) if number else ("name", f"{name}/{phone}")
        if key in seen:
            row = f"和第{seen[key]}行"
            text = f"{row}是同一个身份证号" if number else f"{row}同名，又没有证件号，分不清是不是同一个人"
            one.faults.setdefault("id_number" if number else "name", text)
        seen.setdefault(key, one.number)


def representatives_said(found: ClaimList) -> list[str]:
    """Whom the list marks as elected: by a tick in their own row, or by name in the others'."""
    names = [one.data["name"] for one in found.good if one.cells.get("representative") in YES]
    for one in found.good:
        said = one.cells.get("representative", "")
        if said and said not in YES and said not in names and said not in NOT_ELECTED:
            names.append(said)
    return names


def name_representatives(
    rows: Sequence[dict[str, Any]], chosen: Sequence[str], refs: dict[str, str]
) -> list[str]:
    """Give each row a ref, and its representative's; returns the names that nobody bears.

    chosen: the elected; whoever names none of them himself is represented by the first (CPL 56: two to five of them).
    refs: refs of those who are parties already, by name.
    """
    known = dict(refs)
    for place, row in enumerate(rows, start=1):
        row["ref"] = f"n{place}"
        known.setdefault(row["name"], row["ref"])
    unknown = [name for name in chosen if name not in known]
    elected = [known[name] for name in chosen if name in known]
    for row in rows:
        said = row.pop("representative", "")
        if row["ref"] in elected or not elected:
            continue
        wanted = known.get(said, "")
        row["represented_by"] = wanted if wanted in elected else elected[0]
    return unknown


def known_parties(
    numbers: Mapping[str, str], unnumbered: Mapping[str, str]
) -> Callable[[dict[str, Any]], str]:
    """Tells who of a list is a party already, by its ref: by the number, or by the name where no number is known.

    numbers: ref by identity number, of all parties.  unnumbered: ref by name, of those without a number.
    """

    def find_known(data: dict[str, Any]) -> str:
        number = data.get("id_number")
        if number and number in numbers:
            return numbers[number]
        return unnumbered.get(str(data.get("name")), "")

    return find_known
