"""axe-core in the page: loaded once in each document, asked for its violations alone."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RUN = "axe.run({resultTypes: ['violations']}).then(resultats => resultats.violations)"


def violations(page: Page) -> list[dict[str, Any]]:
    """Each with `id` and `nodes`; those of the whole page as it stands."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    faults: list[dict[str, Any]] = page.evaluate(_RUN)
    return faults
