"""The checker: every promise about the stored data, read with plain queries and none of the services that keep it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from mediation.models import Case
from mediation.verifying import (
    about_agreements,
    about_cases,
    about_files,
    about_history,
    about_ledger,
    about_numbers,
    about_papers,
    about_signing,
    about_storage,
)
from mediation.verifying.reading import Reader, Violation

__all__ = ["Reader", "Violation", "verify"]

#: Cases that are looked at in one breath; between two the database is let go, so that people can go on working.
BATCH = 200

#: In this order: without a sound store the rest means little.
OF_ALL = (
    about_storage.check_store,
    about_storage.check_schema,
    about_storage.check_outbox,
    about_history.check_guards,
    about_numbers.check_runs,
    about_numbers.check_doubles,
)
OF_CASES = (
    about_history.check_chains,
    about_history.check_moves,
    about_cases.check_heads,
    about_cases.check_hands,
    about_cases.check_belonging,
    about_cases.check_deadlines,
    about_agreements.check_states,
    about_agreements.check_signatures,
    about_agreements.check_sums,
    about_ledger.check_ledger,
    about_agreements.check_confirmations,
    about_papers.check_facts,
    about_papers.check_files,
    about_files.check_attachments,
    about_signing.check_signing,
    about_signing.check_clauses,
    about_signing.check_handwriting,
    about_signing.check_filed,
    about_signing.check_codes,
)


def verify(reader: Reader) -> Iterator[Violation]:
    """Every violation there is; a store that cannot be read is one too."""
    for check in OF_ALL:
        try:
            yield from check(reader)
        except DBAPIError as error:
            yield Violation("I-10", "数据库", f"读不出来（{error.orig}），请从备份恢复")
            return
        finally:
            reader.let_go()
    last = 0
    while True:
        ids = list(
            reader.session.scalars(select(Case.id).where(Case.id > last).order_by(Case.id).limit(BATCH))
        )
        reader.let_go()
        if not ids:
            return
        last = ids[-1]
        for check_cases in OF_CASES:
            yield from check_cases(reader, ids)
        reader.let_go()
