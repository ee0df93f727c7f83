import pytest
from playwright.sync_api import Page

from tests.browser.conftest import do_without, is_ci

pytestmark = pytest.mark.browser


def test_the_browser_runs(page: Page) -> None:
    page.set_content("<p id='p'>督导问策</p>")
    assert page.inner_text("#p") == "督导问策"


@pytest.mark.parametrize(
    ("value", "outcome"),
    [("true", pytest.fail.Exception), ("", pytest.skip.Exception), ("false", pytest.skip.Exception)],
)
def test_a_missing_browser_fails_only_under_ci(
    monkeypatch: pytest.MonkeyPatch, value: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", value)
    assert is_ci() == (value == "true")
    with pytest.raises(outcome, match="not there"):
        do_without("not there")
