"""What is cut short leaves the former results whole: a full disk, a killed process."""

import os
import resource
import signal
import subprocess
import sys
import time

import pytest
from nbformat import v4

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")

SMALL = 1_000_000  # bytes that a file may have: less than the shared script has


def tree(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def cells(source):
    return v4.new_markdown_cell("# Q?"), v4.new_code_cell(source)


def full_disk():
    """No file may grow beyond some size: what a write meets is an OSError, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


@pytest.fixture
def former(astana, make_notebook, tmp_path):
    """A site that is there already."""
    assert astana("render", make_notebook("a", *cells("print('A.')"))).returncode == 0
    return tree(tmp_path / "site")


def test_a_full_disk_leaves_the_former_site_and_says_so(former, make_notebook, tmp_path):
    notebook = make_notebook("b", *cells("print('B.')"))
    done = subprocess.run(
        [sys.executable, "-m", "astana_kit", "render", notebook],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=full_disk,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("astana: ")
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "site") == former
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["site"]


def test_a_killed_process_leaves_the_former_site(former, make_notebook, tmp_path):
    waits = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    running = subprocess.Popen(
        [sys.executable, "-m", "astana_kit", "render", make_notebook("b", *cells(waits))],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
    )
    pid = tmp_path / "pid"
    while not pid.exists() or not pid.read_text():
        assert running.poll() is None
        time.sleep(0.1)
    running.kill()
    running.wait(timeout=60)
    os.kill(int(pid.read_text()), signal.SIGKILL)
    assert tree(tmp_path / "site") == former


def test_files_of_a_corpus_stand_only_when_all_are_written(tmp_path):
    cut = (
        "import pandas as pd, astana_kit as ak\n"
        "from astana_kit import distributed as akd\n"
        "import random\n"
        "letters = [chr(0x400 + random.randrange(90)) for _ in range(1_500_000)]\n"
        "akd.write_parquet(ak.from_frame(pd.DataFrame({'text': [''.join(letters)]})), 'pages')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", cut],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=full_disk,
    )
    assert "File too large" in done.stderr
    assert list(tmp_path.iterdir()) == []
