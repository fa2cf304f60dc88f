"""A folder for a study of one's own: the kit's notebooks, their parameters, a place for pages."""

import ast
import json
import shutil
from pathlib import Path
from typing import Any

from astana_kit import tables
from astana_kit.site import execution

PARAMETERS_FILE = "parameters.toml"
CORPUS = "corpus"

HEAD = """\
# Values for the cells tagged "parameters". Take the # away from a line to set it; what stands
# behind a # is the notebook's own.
# Render every notebook with them:
#     astana render *.ipynb --corpus corpus --parameters parameters.toml
"""


def begin(folder: str | Path) -> Path:
    """A new folder with the kit's notebooks, ``parameters.toml`` and an empty ``corpus``.

    Raises
    ------
    ValueError : `folder` is there already and holds something; nothing is changed then.
    """
    home = Path(folder)
    if home.is_file() or (home.is_dir() and any(home.iterdir())):
        raise ValueError(
            f"{home.name} is there already and is not empty; name a folder that is not there yet."
        )
    notebooks = sorted(tables.NOTEBOOKS.glob("*.ipynb"))
    settings = parameters(notebooks)
    (home / CORPUS).mkdir(parents=True, exist_ok=True)
    for notebook in notebooks:
        shutil.copyfile(notebook, home / notebook.name)
    (home / PARAMETERS_FILE).write_text(settings, encoding="utf-8")
    return home


def parameters(notebooks: list[Path]) -> str:
    """Text of a parameters file: each parameter of `notebooks` with the value that it has now."""
    lines = [HEAD]
    seen: set[str] = {CORPUS}  # given by --corpus
    for notebook in notebooks:
        values = _values(notebook).items()
        # TOML has no None: a parameter that is not given stays so
        own = {name: value for name, value in values if name not in seen and value is not None}
        seen |= own.keys()
        if own:
            lines.append(f"# {notebook.stem}")
            lines += [
                f"# {name} = {json.dumps(value, ensure_ascii=False)}" for name, value in own.items()
            ]
            lines.append("")
    return "\n".join(lines)


def _values(notebook: Path) -> dict[str, Any]:
    """Value of each parameter that a notebook writes out as a literal."""
    values = {}
    for cell in execution.read(notebook).cells:
        if cell.cell_type == "code" and execution.PARAMETERS in execution.tags(cell):
            for line in ast.parse(cell.source).body:
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    values[line.targets[0].id] = ast.literal_eval(line.value)
    return values
