"""What a case is called to its reader: a department that was asked one thing is not told who quarrels with whom."""

from __future__ import annotations

from mediation.access import Audience
from mediation.language import word
from mediation.models import Case, User
from workflows import Role


def title_for(case: Case, user: User) -> str:
    """The case's title, or, for a department, that it was asked for help."""
    return word("page", "asked_for_help") if user.role == Role.department else case.title


def title_to(case: Case, audience: Audience) -> str:
    """The same, where the audience is known."""
    return word("page", "asked_for_help") if audience is Audience.department else case.title
