"""Values as a clause says them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..figures import write_date, write_money, write_number
from ..wording import NAME_LIMIT, join_names
from .blocks import Field

ROW_LIMIT = 6  # more instalments than this are told in the table that the agreement carries


def tell_value(field: Field, value: Any, parties: Mapping[str, str]) -> str:
    """The words for a value that ``read_value`` returned."""
    if field.kind == "party":
        return parties[value]
    if field.kind == "parties":
        return join_names((parties[ref] for ref in value), NAME_LIMIT)
    if field.kind == "money":
        return write_money(value)
    if field.kind == "day":
        return write_date(value)
    if field.kind == "by":
        return f"{write_date(value)}前（含当日）"
    if field.kind == "choice":
        return next(choice.text for choice in field.choices if choice.value == value)
    if field.kind == "flag":
        return ""
    if field.kind == "parts":
        return tell_parts(value)
    if field.kind == "shares":
        return tell_shares(value, parties)
    return str(value)


def tell_parts(rows: Sequence[Mapping[str, Any]]) -> str:
    """Each instalment, or of many the size and the two ends."""
    if len(rows) <= ROW_LIMIT:
        return "；".join(
            f"第{write_number(no)}期{write_money(row['amount'])}，于{write_date(row['due'])}前（含当日）付清"
            for no, row in enumerate(rows, 1)
        )
    ends = f"首期于{write_date(rows[0]['due'])}前、末期于{write_date(rows[-1]['due'])}前付清（均含当日）"
    sums: set[Decimal] = {row["amount"] for row in rows[:-1]}
    last: Decimal = rows[-1]["amount"]
    if len(sums) == 1:
        each = next(iter(sums))
        size = f"每期{write_money(each)}" if last == each else (
            f"前{write_number(len(rows) - 1)}期每期{write_money(each)}，末期{write_money(last)}"
        )  # fmt: skip
        return f"{size}，{ends}，各期期限见本协议分期履行表"
    return f"{ends}，各期金额和期限见本协议分期履行表"


def tell_shares(rows: Sequence[Mapping[str, Any]], parties: Mapping[str, str]) -> str:
    """Each share, or of many where they stand."""
    if len(rows) > NAME_LIMIT:
        return "各人金额见本协议所附分配明细表"
    return "其中" + "，".join(f"{parties[row['party']]}{write_money(row['amount'])}" for row in rows)
