"""The life of a case as data: policies, the engine that reads them, and the calendar they count by."""

from workflows.engine import Chart, Workflow
from workflows.policy import PolicyError, load, load_file
from workflows.situation import (
    AgreementSeen,
    ClauseSeen,
    ConfirmationSeen,
    LineSeen,
    ObligationSeen,
    PartySeen,
    Situation,
)
from workflows.steps import Actor, Change, Move, Option, Reason, Refused, Role, Standing, Step

__all__ = [
    "Actor",
    "AgreementSeen",
    "Change",
    "Chart",
    "ClauseSeen",
    "ConfirmationSeen",
    "LineSeen",
    "Move",
    "ObligationSeen",
    "Option",
    "PartySeen",
    "PolicyError",
    "Reason",
    "Refused",
    "Role",
    "Situation",
    "Standing",
    "Step",
    "Workflow",
    "load",
    "load_file",
]
