"""The command line over the real model and index, in processes of its own and in this one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import cli
from app.assistant import Assistant
from app.settings import Settings
from corpus.load import DEFAULT_ROOT, Corpus
from index.manifest import current_folder

pytestmark = pytest.mark.integration

KEYS = {"question", "answer", "abstained", "citations", "retrieved", "timing_ms", "index_fingerprint"}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        capture_output=True, text=True, timeout=300, check=False, env={**os.environ, **environment},
        cwd=Path(__file__).parents[2],
    )  # fmt: skip


def refused(environment: dict[str, str], *arguments: str) -> str:
    done = run(environment, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("dudao: ")
    return line


def test_json_holds_what_is_promised(environment: dict[str, str], corpus: Corpus) -> None:
    done = run(environment, "ask", "那唐山呢？", "--history", "督学按什么比例配备？", "--policy", "tangshan", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert KEYS <= set(answer)
    assert {"total", "embed", "search", "answer"} <= set(answer["timing_ms"])
    assert (answer["question"], answer["abstained"]) == ("那唐山呢？", False)
    assert answer["citations"] and len(answer["retrieved"]) <= 20 and set(answer["retrieved"]) <= set(corpus.measures)
    for citation in answer["citations"]:
        assert {"measure_id", "official", "quote", "start", "end"} <= set(citation)
        measure = corpus.measures[citation["measure_id"]]
        assert citation["quote"] == measure.text[citation["start"] : citation["end"]]
        assert citation["quote"] in answer["answer"]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, assistant: Assistant) -> None:
    """Lets `dudao ask` of this process use the session's assistant."""
    monkeypatch.setattr("app.assemble.build_assistant", lambda settings: assistant)


@pytest.mark.usefixtures("here")
def test_an_abstention_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "广州谁负责约谈？"]) == 0
    assert "本库文件未见规定" in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_plain_text_shows_the_official_string(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "秀山谁负责约谈？"]) == 0
    out = capsys.readouterr().out
    assert "[1]" in out and "（秀山委办发〔2021〕19号）（十三）" in out


@pytest.mark.usefixtures("here")
def test_an_unknown_policy(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "谁负责约谈？", "--policy", "nowhere"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "'nowhere'" in line and "tangshan" in line


def test_status_and_verify(environment: dict[str, str]) -> None:
    status = run(environment, "index", "status")
    assert status.returncode == 0 and "fingerprint" in status.stdout, status.stderr
    assert run(environment, "index", "verify").returncode == 0


def test_a_missing_index(environment: dict[str, str], ready: Settings, empty: Path) -> None:
    (empty / "models").symlink_to((ready.data / "models").resolve(), target_is_directory=True)
    assert "dudao index build" in refused({**environment, "DUDAO_DATA": str(empty)}, "ask", "谁负责约谈？")


def test_a_stale_index(environment: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(DEFAULT_ROOT, tmp_path / "documents")
    meta = tmp_path / "documents" / "dazu" / "meta.toml"
    meta.write_text(meta.read_text(encoding="utf-8").replace("20号", "21号"), encoding="utf-8")
    changed = {**environment, "DUDAO_CORPUS": str(tmp_path / "documents")}
    assert "dudao index build" in refused(changed, "ask", "谁负责约谈？")


@pytest.mark.parametrize(
    "name",
    [
        "vectors.npy",
        "manifest.json",
        pytest.param(
            "chroma/chroma.sqlite3",
        ),
    ],
)
def test_a_truncated_index(environment: dict[str, str], ready: Settings, empty: Path, name: str) -> None:
    (empty / "models").symlink_to((ready.data / "models").resolve(), target_is_directory=True)
    shutil.copytree(ready.index_root, empty / "index")
    path = current_folder(empty / "index") / name
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert "dudao index build" in refused({**environment, "DUDAO_DATA": str(empty)}, "ask", "谁负责约谈？")
