"""What a reader installs: the wheel holds its data, the import is cheap, the names are there."""

import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import astana_kit as ak

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_data_notebooks_and_template(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    carried = [
        *(ROOT / "data").rglob("*.csv"),
        *(ROOT / "data" / "seeds").glob("*.txt"),
        *(ROOT / "notebooks").glob("*.ipynb"),
    ]
    assert len(carried) >= 9
    missing = {f"astana_kit/{path.relative_to(ROOT).as_posix()}" for path in carried} - names
    assert not missing
    assert {
        f"astana_kit/site/template/{p.name}" for p in (ROOT / "astana_kit/site/template").iterdir()
    } <= names


def test_the_seeds_load_from_an_installed_wheel_outside_the_checkout(wheel, tmp_path):
    home = tmp_path / "env"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    install = ["-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel]
    subprocess.run([sys.executable, *install], check=True, capture_output=True)
    # the kit alone is installed anew; its dependencies are those of the environment that runs the
    # tests, by a path file, which does not follow that environment's link to the checkout
    (libraries,) = home.glob("lib/python*/site-packages")
    own = [path for path in sys.path if path.endswith("site-packages")]
    (libraries / "dependencies.pth").write_text("\n".join(own), encoding="utf-8")
    script = (
        "import astana_kit as ak; from pathlib import Path; d = ak.load_seeds(); "
        "print(*d.doc_id, ak.tables.HOME == Path(ak.__file__).parent, 'env' in ak.__file__)"
    )
    said = subprocess.run(
        [python, "-I", "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert said.stdout.split() == ["000", "001", "002", "003", "004", "True", "True"]
    assert (home / "bin" / "astana").exists()


def test_every_public_name_is_there_and_documented_with_an_example():
    for name in ak.PUBLIC:
        function = getattr(ak, name)
        assert function.__doc__, name
        assert ">>>" in function.__doc__ or name == "setup", name


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(AttributeError, match="astana_kit has no 'load_seed'; it has load_seeds"):
        ak.load_seed  # noqa: B018


def test_importing_the_kit_loads_no_heavy_library():
    script = "import sys, astana_kit; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout.split()
    heavy = {
        "plotly",
        "sklearn",
        "scipy",
        "simplemma",
        "py3langid",
        "babel",
        "nbconvert",
        "IPython",
    }
    assert not heavy & set(loaded)


def test_the_lock_files_hold_hashes_and_no_address():
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        pinned = re.findall(r"^[\w.-]+==\S+", text, re.MULTILINE)
        assert len(pinned) > 90
        assert text.count("--hash=sha256:") > len(pinned)


def test_every_dependency_is_pinned():
    metadata = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[(.*?)^\]", metadata, re.DOTALL | re.MULTILINE)[1]
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for name in re.findall(r'"([\w.-]+)>=', block):
        assert re.search(rf"^{name}==", locked, re.MULTILINE), f"{name}: run make lock"
