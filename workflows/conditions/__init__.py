"""The named conditions a policy may ask for; each carries its refusal in words."""

from workflows.conditions import (
    about_agreements,
    about_court,
    about_departments,
    about_files,
    about_groups,
    about_ledger,
    about_looking,
    about_meetings,
    about_paper,
    about_people,
    about_performance,
    about_printing,
    about_progress,
    about_returns,
    about_signatures,
)
from workflows.conditions.registry import CONDITIONS, Condition

__all__ = [
    "CONDITIONS",
    "Condition",
    "about_agreements",
    "about_court",
    "about_departments",
    "about_files",
    "about_groups",
    "about_ledger",
    "about_looking",
    "about_meetings",
    "about_paper",
    "about_people",
    "about_performance",
    "about_printing",
    "about_progress",
    "about_returns",
    "about_signatures",
]
