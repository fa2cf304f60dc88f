"""The house stays a house: who may import whom, and who may touch the disk or draw."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "astana_kit"
BARE = {PACKAGE / "__init__.py", PACKAGE / "text/__init__.py", PACKAGE / "figures/__init__.py"}
MODULES = sorted(set(PACKAGE.rglob("*.py")) - BARE)

FLOORS = [  # lowest first; a module imports only from floors below its own
    {"schema", "curated", "intervals", "sharing", "text.script"},
    {
        "measures",
        "saving",
        "tables",
        "text.declension",
        "text.harmony",
        "text.months",
        "text.ordinals",
        "text.skeleton",
    },
    {"text.date_grammar", "text.inflect", "text.language", "text.words", "text.dictionary"},
    {"text.dates", "text.kazakh_endings"},
    {"text.arabic", "text.english", "text.kazakh", "text.persian", "text.russian", "text.turkish"},
    {"reading.found"},
    {"reading.kinds", "reading.encoding"},
    {"reading.archive"},
    {"reading.walk"},
    {"text.lemmas", "lexicon", "pages.line", "rounds.wording", "rounds.calendar"},
    {"matching", "pages.asides", "rounds.paragraph", "rounds.main"},
    {"pages.blocks", "rounds.finding"},
    {"pages"},
    {"publication", "actors.wording", "actors.candidates", "rates", "concepts", "provenance"},
    {"actors.coding", "actors.scoring", "actors.suggestions", "actors.together"},
    {"reading.days"},
    {"reading.webpage"},
    {"reading.records"},
    {"reading.delimited"},
    {"reading.formats"},
    {"documents", "rounds", "actors"},
    {"reading"},
    {"terms.numbering"},
    {"terms.stream"},
    {"terms.tokens"},
    {"terms.counting", "terms.query", "terms.sides", "terms.spread"},
    {"terms", "terms.collocation", "terms.keyness"},
    {"topics.features", "topics.clusters", "topics.diagnostics"},
    {"topics.vectors"},
    {"topics.choice"},
    {"topics.labels", "topics.telling"},
    {"topics"},
    {"topics.drawn"},
    {"copies", "coverage.overlap", "naming"},
    {"distributed.joining", "distributed.files"},
    {"distributed"},
    {"coverage.material"},
    {"coverage.differences", "coverage.confounds"},
    {"coverage", "coverage.divergence"},
    {"site.drawing", "site.execution"},
    {"site.entry"},
    {"site.exporter"},
    {"site.reuse"},
    {"site"},
    {"study", "checking"},
    {"cli"},
    {"__main__"},
]
# beside the floors: they receive tables and compute nothing
BESIDE = {
    "display.markup": {"text.script"},
    "display": {"display.markup", "schema", "text.script"},
    "figures.look": {"text.script"},
    "figures.corpus": {"figures.look", "schema", "text.script"},
    "figures.beside": {"figures.look", "text.script"},
    "figures.coverage": {"figures.beside", "figures.look", "schema"},
    "figures.differences": {"figures.beside", "figures.look", "schema"},
    "figures.labels": {"figures.beside", "figures.look", "schema", "text.script"},
    "figures.naming": {"figures.look", "schema", "text.script"},
    "figures.topics": {"figures.look", "schema", "text.script"},
    "figures.topic_shares": {"figures.look", "figures.topics", "schema", "text.script"},
    "figures.tree": {"figures.look", "figures.topics", "schema", "text.script"},
    "figures.trust": {"figures.look", "schema", "text.script"},
    "figures.words": {"figures.look", "schema", "text.script"},
}
HEIGHT = {module: height for height, floor in enumerate(FLOORS) for module in floor}

DISK = {
    "saving",
    "tables",
    "documents",
    "site",
    "site.execution",
    "site.exporter",
    "cli",
    "study",
    "checking",
    "site.reuse",
    "display.markup",
    "distributed.files",
    "reading.walk",
    "reading.archive",
    "reading.formats",
}
ONLY = {
    "plotly": {
        "figures.look",
        "figures.corpus",
        "figures.beside",
        "figures.coverage",
        "figures.differences",
        "figures.labels",
        "figures.naming",
        "figures.topic_shares",
        "figures.tree",
        "figures.trust",
        "figures.topics",
        "figures.words",
    },
    "sklearn": {"topics.vectors", "topics.clusters", "topics.choice", "topics.diagnostics"},
    "nbconvert": {"site.exporter"},
    "trafilatura": {"reading.webpage"},
    "dask": {"distributed", "distributed.joining"},
    "openpyxl": {"reading.formats", "saving"},
    "joblib": {"sharing"},
    "nbclient": {"site.execution"},
}


def name_of(path):
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(path) for path in MODULES}


def imported(path):
    """Full names of the modules that the file at `path` imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {full for full in inner if full.partition(".")[2] in NAMES}
            yield from modules or {node.module}
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def of_the_kit(path):
    for full in imported(path):
        package, _, module = full.partition(".")
        if package == "astana_kit" and module:
            yield module


def test_every_module_has_its_place():
    assert set(HEIGHT) | set(BESIDE) >= NAMES


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
        assert name_of(path) in DISK, calls & reads
