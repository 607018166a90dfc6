"""A hand at a screen, whose taps and characters are counted; and an eye that looks for barriers on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe

#: Seconds of a deliberately slow person (ux §5).
TAP, LOOK, CHARACTER, DIGIT, ANSWER = 1.6, 1.2, 1.5, 0.75, 2.0
SERIOUS = {"serious", "critical"}


@dataclass
class Hand:
    """Taps, types and presses keys on one page, and keeps count; `klm()` says how long that takes by the model."""

    page: Any
    taps: int = 0
    characters: int = 0
    digits: int = 0
    keys: int = 0
    answers: int = 0

    def tap(self, found: Any) -> None:
        """Tap or click something."""
        self.taps += 1
        found.click()

    def go(self, found: Any) -> None:
        """Tap something that opens another page."""
        with self.page.expect_navigation():
            self.tap(found)
        self.answers += 1

    def type(self, text: str, into: Any = None) -> None:
        """Type into a field, tapping it first where one is given; digits are quicker than characters."""
        if into is not None:
            self.tap(into)
        self.page.keyboard.type(text)
        digits = sum(one.isascii() and one.isdigit() for one in text)
        self.digits += digits
        self.characters += len(text) - digits

    def key(self, *names: str) -> None:
        """Press keys that are not text: Enter, a number that chooses, Control+Enter."""
        for name in names:
            self.keys += 1
            self.page.keyboard.press(name)

    @property
    def typed(self) -> int:
        """Characters and digits together."""
        return self.characters + self.digits

    def klm(self) -> float:
        """Seconds by the keystroke model."""
        pressed = self.taps * (TAP + LOOK) + self.keys * (DIGIT + LOOK / 2)
        return pressed + self.characters * CHARACTER + self.digits * DIGIT + self.answers * ANSWER


def check_accessibility(page: Any) -> None:
    """No serious fault by axe, and nothing scrolls sideways, once the page that a click asked for is all there."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    faults = [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in SERIOUS
    ]
    assert not faults, f"{page.url}\n" + "\n".join(faults)
    check_width(page)


def check_width(page: Any) -> None:
    """The page fits its window."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], (page.url, wide)
