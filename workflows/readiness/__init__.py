"""Is an agreement ready for the court? Every ground of CPLI 355 and 358 and every missing material of CPLI 354 and
FS5 3, each with its article, the field to mend and who can mend it. It never stops the agreement itself."""

from .contents import check_contents
from .filing import check_filing
from .finding import Finding
from .law import Check, Ground, Law, read_law
from .people import check_people, is_young, needs_guardian
from .picture import Applicant, Handwriting, Item, Part, Picture
from .returns import ReturnReason, read_returns

__all__ = [
    "Applicant",
    "Check",
    "Finding",
    "Ground",
    "Handwriting",
    "Item",
    "Law",
    "Part",
    "Picture",
    "ReturnReason",
    "check",
    "is_young",
    "needs_guardian",
    "read_law",
    "read_returns",
]


def check(picture: Picture) -> list[Finding]:
    """Every fault there is, in the order of the twelve checks; an empty list is ready."""
    found = [*check_filing(picture), *check_people(picture), *check_contents(picture)]
    order = {row.code: place for place, row in enumerate(read_law().checks)}
    return sorted(found, key=lambda finding: order[finding.check])
