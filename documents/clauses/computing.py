"""What a block works out for itself, so that its sums always close."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from ..figures import write_money
from .blocks import Words

Contradiction = tuple[str, str, Words]  # field, code, message
Result = tuple[dict[str, Any], list[Contradiction]]


def compute_payment(known: Mapping[str, Any], parties: Mapping[str, str]) -> Result:
    """Several payers owe one sum only when they are liable jointly (CCF 177, 178)."""
    return {}, refuse_several_payers(known)


def refuse_several_payers(known: Mapping[str, Any]) -> list[Contradiction]:
    """Several payers without joint liability: nobody could say who owes how much (CPLI 461)."""
    if len(known.get("payer", ())) < 2 or known.get("joint"):
        return []
    if known.get("joint") is False:
        return [("joint", "who_pays_how_much", {
            "zh": "各自承担的，要写明每人付多少。请点“每人写一条”，再填各人的数",
            "en": "Each his own share: press “A clause for each” and say how much each pays",
        })]  # fmt: skip
    return [("joint", "who_pays_how_much", {
        "zh": "付款的有几个人，请选“共同承担”还是“各自承担”",
        "en": "Several payers: choose whether they owe together or each his own share",
    })]  # fmt: skip


def compute_instalments(known: Mapping[str, Any], parties: Mapping[str, str]) -> Result:
    """How many instalments there are."""
    rows = known.get("parts", ())
    return ({"times": str(len(rows))} if rows else {}), refuse_several_payers(known)


def compute_direct_payment(known: Mapping[str, Any], parties: Mapping[str, str]) -> Result:
    """What remains between the three sides: paid + rest = owed, on both links of the chain."""
    owner_debt, debt, amount = (known.get(name) for name in ("owner_debt", "debt", "amount"))
    if owner_debt is None or debt is None or amount is None:
        return {}, []
    if amount > owner_debt or amount > debt:
        return {}, [("amount", "more_than_owed", {
            "zh": f"抵付的钱不能多于欠的钱：两笔欠款分别是{owner_debt:,.2f}元和{debt:,.2f}元",
            "en": "More would be paid than is owed",
        })]  # fmt: skip
    return {
        "owner_rest": tell_rest(owner_debt - amount),
        "rest": tell_rest(debt - amount),
    }, []


def tell_rest(rest: Decimal) -> str:
    """What remains of a debt, after the names of debtor and creditor."""
    return f"尚余{write_money(rest)}未结清" if rest else "已全部结清"


def compute_set_off(known: Mapping[str, Any], parties: Mapping[str, str]) -> Result:
    """Two debts set against each other: the larger debtor pays the difference; equal ones are quits (CCF 569)."""
    one, other = known.get("one_debt"), known.get("other_debt")
    if one is None or other is None or "one" not in known or "other" not in known:
        return {}, []
    if one == other:
        return {"clause_kind": "set_off", "even": ""}, []
    payer, payee = ("one", "other") if one > other else ("other", "one")
    lacking: list[Contradiction] = [
        (name, "missing", {"zh": f"两笔欠款相抵后还有差额，请填写“{zh}”", "en": f"A difference remains: fill in {en}"})
        for name, zh, en in (("due", "差额最迟哪天付清", "the last day"), ("method", "差额怎么付", "the manner"))
        if name not in known
    ]  # fmt: skip
    return {
        "clause_kind": "pay",
        "larger": parties[known[payer]], "smaller": parties[known[payee]],
        "payer_ref": known[payer], "payee_ref": known[payee],
        "difference": abs(one - other), "difference_told": write_money(abs(one - other)),
    }, lacking  # fmt: skip


COMPUTED: dict[str, Callable[[Mapping[str, Any], Mapping[str, str]], Result]] = {
    "payment": compute_payment,
    "paid_on_the_spot": compute_payment,
    "instalments": compute_instalments,
    "support": compute_payment,
    "actual_cost": compute_payment,
    "wages": compute_payment,
    "direct_payment": compute_direct_payment,
    "set_off": compute_set_off,
}
