"""Notebooks run from top to bottom, several at a time, each in a kernel of this very Python."""

import ast
import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

PARAMETERS = "parameters"  # the tag of the cell whose values may be replaced
IPC_PATH = 100  # a socket's path may have 103 characters on macOS, 107 on Linux


class Executed(NamedTuple):
    """A notebook with its outputs, and the file it came from."""

    path: Path
    notebook: NotebookNode


def read(path: Path) -> NotebookNode:
    """Notebook in the file `path`, in the present format, all its outputs taken out.

    Raises
    ------
    ValueError : the file is no notebook.
    """
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except (ValueError, AttributeError, OSError, nbformat.ValidationError) as error:
        why = next(iter(str(error).splitlines()), "")
        raise ValueError(f"{path.name}: no notebook that can be read ({why})") from error
    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    return notebook


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells of `notebook`, in order: the numbers that JupyterLab shows beside them."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell: NotebookNode) -> list[str]:
    """Tags that the writer of the notebook gave to `cell`."""
    return list(cell.metadata.get("tags", []))


def parameter_names(notebook: NotebookNode) -> list[str]:
    """Names that the cell tagged ``parameters`` sets, in order; none without such a cell.

    >>> tagged = {"tags": [PARAMETERS]}
    >>> cell = nbformat.v4.new_code_cell("language = 'ru'; n: int = 5", metadata=tagged)
    >>> parameter_names(nbformat.v4.new_notebook(cells=[cell]))
    ['language', 'n']
    """
    names = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and PARAMETERS in tags(cell):
            for line in ast.parse(cell.source).body:
                targets = line.targets if isinstance(line, ast.Assign) else [line]
                names += [
                    getattr(getattr(target, "target", target), "id", "") for target in targets
                ]
    return [name for name in names if name]


def set_parameters(notebooks: Sequence[NotebookNode], values: Mapping[str, Any]) -> None:
    """Put `values` into each notebook that has a parameter of that name, after its own.

    Raises
    ------
    ValueError : a name that no notebook has; says which names there are.
    """
    known = {name: None for notebook in notebooks for name in parameter_names(notebook)}
    unknown = [name for name in values if name not in known]
    if unknown:
        raise ValueError(
            f"parameters: no notebook has {', '.join(unknown)}; "
            f"these can be set: {', '.join(known) or 'none (no cell is tagged parameters)'}"
        )
    for notebook in notebooks:
        own = parameter_names(notebook)
        given = {name: value for name, value in values.items() if name in own}
        if given:
            place = [PARAMETERS in tags(cell) for cell in notebook.cells].index(True)
            notebook.cells.insert(place + 1, _injected(given))


def _injected(values: Mapping[str, Any]) -> NotebookNode:
    lines = [f"{name} = {value!r}" for name, value in values.items()]
    if any("datetime." in line for line in lines):  # days of TOML are written datetime.date(…)
        lines.insert(0, "import datetime")
    return nbformat.v4.new_code_cell(
        "\n".join(lines), metadata={"tags": ["injected-parameters"]}, id="injected-parameters"
    )


def run(executed: Sequence[Executed], *, workers: int | None = None) -> None:
    """Run each notebook and put its outputs into it; one kernel each, `workers` at a time.

    Raises
    ------
    ValueError : notebooks failed: a line for each, with its cell and error.
    """
    try:
        asyncio.run(_run_all(executed, workers or os.cpu_count() or 1))
    except asyncio.CancelledError:  # how the command answers a signal while a loop runs
        raise KeyboardInterrupt from None


async def _run_all(executed: Sequence[Executed], workers: int) -> None:
    slots = asyncio.Semaphore(workers)
    total = sum(len(code_cells(one.notebook)) for one in executed)
    # disable=None: silent where the terminal is a file
    with tqdm(total=total, unit="cell", desc="Running", leave=False, disable=None) as bar:
        outcomes = await asyncio.gather(
            *(_run_one(path, notebook, slots, bar) for path, notebook in executed)
        )
    failures = [outcome for outcome in outcomes if outcome]
    if failures:
        raise ValueError("\n".join(failures))


async def _run_one(path: Path, notebook: NotebookNode, slots: asyncio.Semaphore, bar: tqdm) -> str:
    """What stopped `notebook`, in one line; empty where nothing did."""
    number, cell = 0, None
    try:
        async with slots, _client(path, notebook) as client:
            for place, cell in enumerate(notebook.cells):
                if cell.cell_type == "code":
                    number += 1
                    bar.set_postfix_str(path.stem)  # the page it is at
                    await client.async_execute_cell(cell, place)
                    bar.update()
    except CellExecutionError as error:
        what = f"{error.ename}: {error.evalue}"
    except DeadKernelError:
        what = "the kernel died, as it does when the memory is full"
    except RuntimeError as error:  # the kernel did not start
        what = str(error)
    else:
        return ""
    line = next(iter(cell.source.strip().splitlines()), "") if cell else ""
    return f"{path.name}, code cell {number} ({line}): {' '.join(what.split())}"


@asynccontextmanager
async def _client(path: Path, notebook: NotebookNode) -> AsyncIterator[NotebookClient]:
    """A started kernel in the notebook's folder, stopped at the end whatever happens.

    nbclient's own way in would take SIGINT for itself, one notebook at a time.
    """
    with tempfile.TemporaryDirectory(prefix="astana-") as folder:
        manager = AsyncKernelManager(
            kernel_name="python3",
            # no folder to look in: a "python3" of the user's may be another Python
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            connection_file=str(Path(folder, "kernel.json")),
            # ipykernel warns of TCP, which other users of the machine could listen to
            transport="ipc" if os.name == "posix" and len(folder) < IPC_PATH - 20 else "tcp",
        )
        client = NotebookClient(notebook, km=manager, timeout=None, record_timing=False)
        try:
            await client.async_start_new_kernel(cwd=str(path.parent), env=_environment(folder))
            await client.async_start_new_kernel_client()
            yield client
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)


def _environment(folder: str) -> dict[str, str]:
    """What a kernel sees: the same on every machine, nothing of the user's profile."""
    return {
        **os.environ,
        "ASTANA_RENDER": "1",
        "IPYTHONDIR": folder,
        "PLOTLY_RENDERER": "plotly_mimetype",
        "PYTHONHASHSEED": "0",
        "TMPDIR": folder,  # what a kernel that is stopped leaves behind goes with the folder
    }


def warnings(executed: Executed) -> list[str]:
    """What the cells wrote to stderr, each with its place: for the terminal, not for the page."""
    return [
        f"{executed.path.name}, code cell {number}: {output.text.strip()}"
        for number, cell in enumerate(code_cells(executed.notebook), 1)
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stderr"
    ]
