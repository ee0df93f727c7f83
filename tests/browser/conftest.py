"""Chromium from the operating system, driven by playwright."""

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def do_without(reason: str) -> NoReturn:
    """Skip with the reason; under CI a missing browser is a failure."""
    if is_ci():
        pytest.fail(f"no browser under CI: {reason}", pytrace=False)
    pytest.skip(f"no browser: {reason}")


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """Give every expectation the time that a busy machine needs."""
    expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium for the whole run."""
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        do_without(f"none of {', '.join(NAMES)} is installed; tools/install_browser.sh installs it where it may")
    # Chromium's own sandbox cannot start as root, the usual user of a container.
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=executable, args=args)
        except Error as error:
            do_without(f"{executable} does not start: {error.message.splitlines()[0]}")
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, 1280 x 900, in Chinese; what it keeps is gone with it."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
