"""What a configuration stands on."""

from pathlib import Path

from app.settings import Settings
from eval.configs import Configs
from index.manifest import POINTER, Manifest, write_manifest


def version(root: Path, name: str, fingerprint: str) -> None:
    """Make an index version that holds a manifest alone, and make it the current one."""
    folder = root / name
    folder.mkdir(parents=True)
    write_manifest(folder, Manifest(fingerprint, 3, "m", 2, "1", 1, 1, 1, 1, {}))
    (root / POINTER).write_text(name, encoding="utf-8")


def test_the_index_that_is_current_is_read_anew_at_each_look(tmp_path: Path) -> None:
    configs = Configs(Settings(data=tmp_path))
    assert configs.index_now() is None
    version(tmp_path / "index", "one", "f1")
    assert configs.index_now() == "f1"
    version(tmp_path / "index", "two", "f2")
    assert configs.index_now() == "f2"
