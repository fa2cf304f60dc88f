"""The house stays a house: who may import whom, and who may touch the disk or draw."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "astana_kit"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")

FLOORS = [  # lowest first; a module imports only from floors below its own
    {"text.script"},
    {"schema", "measures", "tables", "text.words", "text.dates", "text.language"},
    {"text.arabic", "text.kazakh"},
    {"text.lemmas", "pages", "matching"},
    {"documents", "rounds", "actors", "terms"},
    {"site"},
    {"cli"},
    {"__main__"},
]
# beside the floors: they receive tables and compute nothing
BESIDE = {
    "display": {"schema", "text.script"},
    "figures.look": set(),
    "figures.corpus": {"figures.look", "schema", "text.script"},
}
HEIGHT = {module: height for height, floor in enumerate(FLOORS) for module in floor}

ONLY = {
    "plotly": {"figures.look", "figures.corpus"},
    "sklearn": {"topics", "measures"},
    "nbconvert": {"site"},
    "nbclient": {"site"},
}


def name_of(path):
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imported(path):
    """Full names of what the file at `path` imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = {alias.name for alias in node.names if (PACKAGE / alias.name).exists()}
            inside |= {a.name for a in node.names if (PACKAGE / f"{a.name}.py").exists()}
            if node.module in {"astana_kit", "astana_kit.text"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def of_the_kit(path):
    for full in imported(path):
        package, _, module = full.partition(".")
        if package == "astana_kit" and module:
            yield module


def test_every_module_has_its_place():
    assert {name_of(path) for path in MODULES} <= set(HEIGHT) | set(BESIDE)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_lower_floors(path):
    module = name_of(path)
    below = set(of_the_kit(path))
    if module in BESIDE:
        assert below <= BESIDE[module]
    else:
        assert all(HEIGHT.get(one, -1) < HEIGHT[module] for one in below - set(BESIDE)), below


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_libraries_stay_where_they_belong(path):
    roots = {full.partition(".")[0] for full in imported(path)}
    for library, places in ONLY.items():
        if library in roots:
            assert name_of(path) in places, f"{library} in {name_of(path)}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_a_few_modules_touch_the_disk(path):
    reads = {"open", "read_text", "read_bytes", "read_csv", "write_text", "write_bytes"}
    calls = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    if calls & reads:
        assert name_of(path) in {"tables", "reading", "site", "cli", "documents"}, calls & reads
