"""What time it is for whoever asks at a door; tests set the clock, services are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app

Clock = Callable[[], datetime]


def tell_time() -> datetime:
    """The system's clock, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The moment, by this application's clock."""
    clock: Clock = current_app.extensions["mediation.clock"]
    return clock()
