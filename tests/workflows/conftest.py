"""What every test of the workflow starts from."""

from __future__ import annotations

import pytest

import workflows
from workflows import Workflow


@pytest.fixture(scope="session")
def workflow() -> Workflow:
    """The policy that ships."""
    return workflows.load()
