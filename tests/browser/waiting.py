"""Waiting for a page whose own policy forbids ``eval``, with which Playwright's ``wait_for_function`` asks again."""

from __future__ import annotations

import time

from playwright.sync_api import Page

SECONDS = 20.0


def wait_until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until an expression, or a function of ``arg``, is true in the page.

    Raises TimeoutError after SECONDS.
    """
    end = time.monotonic() + SECONDS
    while not page.evaluate(expression, arg):
        if time.monotonic() > end:
            raise TimeoutError(f"not true after {SECONDS:.0f} s: {expression}")
        page.wait_for_timeout(20)
