"""An agreement in plain words for one party: what you pay, what you get, what you do, what is left alone."""

from dataclasses import dataclass

from .facts import AgreementCard, ClauseFacts
from .figures import format_money, write_date
from .wording import join_names

NAMES = 3  # more than this on the other side are told as 某某等N人
ROWS = 6  # more instalments than this are told by the first and the last


@dataclass(frozen=True)
class Plain:
    """The lines of a card, each a whole sentence; ``pays`` and ``gets`` are about money."""

    pays: tuple[str, ...]
    gets: tuple[str, ...]
    does: tuple[str, ...]  # what the reader must do or leave
    is_done: tuple[str, ...]  # what others must do for the reader
    further: tuple[str, ...]  # what concerns everybody, or others


def tell_plainly(card: AgreementCard) -> Plain:
    """Every clause of the agreement once, from the reader's side."""
    told: dict[str, list[str]] = {name: [] for name in ("pays", "gets", "does", "is_done", "further")}
    for clause in card.clauses:
        owes, is_owed = card.reader in clause.obligors, card.reader in clause.obligees
        money = clause.amount is not None or clause.recurring is not None
        if owes and not is_owed and money:
            told["pays"].append(tell_payment(clause, f"您要付给{join_names(clause.obligees, NAMES)}", ""))
        elif is_owed and not owes and money:
            told["gets"].append(
                tell_payment(clause, f"{join_names(clause.obligors, NAMES)}要付给您", card.reader)
            )
        else:
            place = "does" if owes else "is_done" if is_owed else "further"
            told[place].append(f"{clause.text.rstrip('。')}。")
    return Plain(**{name: tuple(lines) for name, lines in told.items()})


def tell_payment(clause: ClauseFacts, who: str, reader: str) -> str:
    """One payment: who, how much, by when and how."""
    share = next((share.amount for share in clause.shares if share.party == reader), None)
    amount = share if share is not None else clause.amount
    parts = [who + (f"{format_money(amount)}元" if amount is not None else "")]
    if clause.recurring:
        every = clause.recurring
        since = f"从{write_date(every.since)}起，" if every.since else ""
        until = f"，到{write_date(every.until)}为止" if every.until else ""
        parts.append(f"{since}{every.every}{format_money(every.amount)}元{until}")
    if clause.installments:
        parts.append(tell_parts(clause))
    elif clause.due:
        parts.append(f"最迟{write_date(clause.due)}")
    elif clause.due_text:
        parts.append(clause.due_text)
    if clause.method:
        parts.append(f"用{clause.method}")
    if clause.joint and not reader and len(clause.obligors) > 1:
        parts.append("几个付款人谁都可能被要求付全部")
    return "，".join(parts) + "。"


def tell_parts(clause: ClauseFacts) -> str:
    """Instalments: each, or of many how many there are and when they end."""
    rows = clause.installments
    when = [write_date(row.due) if row.due else row.due_text for row in rows]
    if len(rows) > ROWS:
        return f"分{len(rows)}次付，第一次最迟{when[0]}，最后一次最迟{when[-1]}，每次多少看协议里的表"
    each = "；".join(
        f"第{no}次{format_money(row.amount)}元，最迟{day}"
        for no, (row, day) in enumerate(zip(rows, when, strict=True), 1)
    )
    return f"分{len(rows)}次付：{each}"
