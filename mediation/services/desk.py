"""What every change needs at hand: the open transaction, the keys, and the moment of writing down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mediation.keys import KeyRing


@dataclass(frozen=True)
class Desk:
    """Handed in by the door that opened the transaction, and that alone will commit it."""

    session: Session
    keys: KeyRing
    now: datetime
    #: The policy that new cases are worked under; a case keeps the one it was filed under.
    policy: str = "case"
    #: A case file is one change to the outside: its steps are sent to the database together, at the end.
    sends_each_step: bool = True

    def settle(self) -> None:
        """Send what was done to the database now, unless it all goes together."""
        if self.sends_each_step:
            self.session.flush()  # each step meets its race on its own
