"""What the tests of scans need: Chinese type to draw pages with, and the recogniser loaded once."""

import os
from typing import NoReturn

import pytest

from corpus.intake.recognise import RapidRecogniser
from tests.corpus.intake.draw_image import SANS, SERIF, font_file


def do_without(reason: str) -> NoReturn:
    """Skip with the reason; under CI it is a failure."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        pytest.fail(f"no Chinese type under CI: {reason}", pytrace=False)
    pytest.skip(f"no Chinese type: {reason}")


@pytest.fixture(scope="session")
def type_installed() -> None:
    """The fonts that page images are drawn with."""
    try:
        font_file(SERIF)
        font_file(SANS)
    except FileNotFoundError as error:
        do_without(str(error))


@pytest.fixture(scope="session")
def recogniser(type_installed: None) -> RapidRecogniser:
    """The recogniser of scans; its models are loaded when it first reads."""
    return RapidRecogniser()
