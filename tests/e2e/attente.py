"""Waits for what a page only says when asked: an asynchronous `wait_for_function` is true at once."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

PAS_MS, LIMITE_MS = 100, 60_000


def until(page: Page, ask: Callable[[], Any]) -> Any:
    """What `ask` answers once it is something; it may look into the page, whose events run meanwhile."""
    for _ in range(LIMITE_MS // PAS_MS):
        if reponse := ask():
            return reponse
        page.wait_for_timeout(PAS_MS)
    raise AssertionError("it never came")
