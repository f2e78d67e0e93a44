from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"torch", "transformers", "datasets", "sklearn", "scipy", "onnx", "sentencepiece"}
TESTING = {"pytest", "hypothesis", "httpx", "httpx2"}
PACKAGES = ("data", "model", "screening", "serving", "training", "bench", "tests")
FORBIDDEN = {
    "data": {"model", "screening", "serving", "training", "bench", "tests"} | HEAVY | TESTING,
    "model": {"screening", "serving", "training", "bench", "tests"} | HEAVY | TESTING,
    "screening": {"serving", "training", "bench", "tests"} | HEAVY | TESTING,
    "serving": {"training", "bench", "tests"} | HEAVY | TESTING,
    "training": {"serving", "bench", "tests"} | TESTING,
}


def imported(path: Path) -> Iterator[str]:
    """Top-level packages that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield (node.module or "").split(".")[0]


FILES = [
    path.relative_to(ROOT)
    for package in FORBIDDEN
    for path in sorted((ROOT / package).rglob("*.py"))
]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_run_one_way(path: Path) -> None:
    assert not set(imported(ROOT / path)) & FORBIDDEN[path.parts[0]]


def test_the_tree_is_read() -> None:
    assert {path.parts[0] for path in FILES} == FORBIDDEN.keys()
    assert "screening" in set(imported(ROOT / "serving" / "cli.py"))


def test_python_files_lie_in_the_known_packages_only() -> None:
    strangers = {
        path.parent.name
        for path in ROOT.glob("*/*.py")
        if path.parent.name not in PACKAGES and not path.parent.name.startswith(".")
    }
    assert not strangers - {"build", "dist", "shared"}


def test_serving_loads_nothing_heavy() -> None:
    code = (
        "import sys, serving.cli, serving.api.app, serving.batch.run, serving.terminal;"
        f"print(sorted({HEAVY | TESTING!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
