"""Write the lock files from what the running interpreter's environment holds.

Run by `make lock` with the interpreter of a freshly resolved environment; the closure of the project's
dependencies is walked from pyproject.toml, so that a package left there by accident is not locked.
"""

import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent

HEADER = """\
# {what}
# Regenerate with `make lock`, which resolves pyproject.toml in a fresh environment and runs
# tools/write_locks.py there; never edit by hand. Versions are exact and public: a local suffix such as that
# of a CPU-only build is left out, so that any build of the same torch satisfies the pin.
"""


def closure(requirements: Iterable[Requirement]) -> dict[str, str]:
    """Map each package that `requirements` need, themselves included, to its lock line.

    A requirement whose marker excludes this interpreter keeps its marker and its own pin.
    :raises PackageNotFoundError: the environment lacks a package that is needed here.
    """
    lines: dict[str, str] = {}
    todo = [(requirement, frozenset(requirement.extras)) for requirement in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        requirement, extras = todo.pop()
        name = canonicalize_name(requirement.name)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        if requirement.marker and not requirement.marker.evaluate():
            lines.setdefault(name, str(requirement))
            continue
        found = distribution(name)
        marker = f" ; {requirement.marker}" if requirement.marker else ""
        lines[name] = f"{name}=={Version(found.version).public}{marker}"
        todo += [(child, frozenset(child.extras)) for child in needed_by(found.requires or [], extras)]
    return lines


def needed_by(requires: Iterable[str], extras: frozenset[str]) -> list[Requirement]:
    """Keep the requirements that apply to this interpreter with any of `extras`, their markers dropped."""
    kept = []
    for text in requires:
        child = Requirement(text)
        if child.marker is None or any(child.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            child.marker = None
            kept.append(child)
    return kept


def write(path: Path, what: str, lines: Iterable[str]) -> None:
    """Write one lock file, lines sorted by name."""
    path.write_text(HEADER.format(what=what) + "\n".join(sorted(lines)) + "\n", encoding="utf-8")
    print(f"wrote {path.name}")


def main() -> int:
    """Write `requirements.lock` (to run) and `requirements-test.lock` (what the test extra adds)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = [Requirement(text) for text in project["dependencies"]]
    extra = [Requirement(text) for text in project["optional-dependencies"]["test"]]
    try:
        base, full = closure(runtime), closure(runtime + extra)
    except PackageNotFoundError as error:
        print(f"this environment lacks {error.name}: run `make lock`", file=sys.stderr)
        return 1
    write(ROOT / "requirements.lock", "What dudao needs to run.", base.values())
    added = [line for name, line in full.items() if name not in base]
    write(ROOT / "requirements-test.lock", "What the tests need beyond requirements.lock.", added)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
