"""The command ``astana``: its words and what they call; heavy libraries load inside."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from astana_kit import __version__

# Ctrl-C; the end of a session: a stopped container, a closed terminal (unknown to Windows)
STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code of ``astana`` with the words `argv`: 0 done, 1 failed, 2 not understood.

    >>> code = main([])  # doctest: +ELLIPSIS
    usage: astana ...
    """
    parser = _parser()
    words = parser.parse_args(argv)
    if not words.command:
        parser.print_help()
        return 0
    for stop in STOPS:
        if signal.getsignal(stop) is not signal.SIG_IGN:  # nohup, a background job of a script
            signal.signal(stop, _stop)
    try:
        return int(words.command(words))
    except (ValueError, OSError) as error:
        sys.stderr.write(f"astana: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("astana: stopped; nothing was changed\n")
        return 130


def _stop(*_: object) -> None:
    """Stop what runs, and be deaf to further signals: cleaning up is not to be cut short."""
    for stop in STOPS:
        signal.signal(stop, signal.SIG_IGN)
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        raise KeyboardInterrupt from None
    # raised here, KeyboardInterrupt would break off whichever callback the loop is at, such as one
    # that ends a kernel; a task that is cancelled ends its own
    loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="astana", description="How news in several languages covers the Astana talks on Syria."
    )
    parser.add_argument("--version", action="version", version=f"astana_kit {__version__}")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands")
    for command in (_add_render, _add_new, _add_check):
        command(commands)
    return parser


def _add_render(commands: Any) -> None:  # noqa: ANN401 (argparse's own class is private)
    render = commands.add_parser(
        "render",
        help="run notebooks and write them as HTML pages that open without a network",
        description="Run notebooks and write a folder of HTML pages with an index.",
    )
    render.set_defaults(command=_render)
    render.add_argument(
        "notebooks", nargs="*", metavar="NOTEBOOK", help="file, or name of a notebook of the kit"
    )
    render.add_argument("--output", default="site", metavar="FOLDER", help="default: site")
    render.add_argument(
        "--parameters", metavar="FILE.toml", help="values for the cells tagged parameters"
    )
    render.add_argument(
        "--workers",
        type=_positive,
        metavar="N",
        help="notebooks run at a time; default: processors",
    )
    render.add_argument(
        "--corpus", metavar="PATH", help="pages of your own: a folder, a zip or a table"
    )


def _add_new(commands: Any) -> None:  # noqa: ANN401 (as above)
    new = commands.add_parser(
        "new",
        help="begin a study of your own: notebooks, parameters, a folder for pages",
        description="Copy the notebooks into a new folder, with a file of their parameters.",
    )
    new.set_defaults(command=_new)
    new.add_argument("folder", metavar="FOLDER")


def _add_check(commands: Any) -> None:  # noqa: ANN401 (as above)
    check = commands.add_parser(
        "check",
        help="say what is wrong with the installation, or with pages of your own",
        description="Look at the installation and, if one is named, at a corpus.",
    )
    check.set_defaults(command=_check)
    check.add_argument(
        "corpus", nargs="?", metavar="PATH", help="a folder, a zip, a table of pages"
    )


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word} is less than 1")
    return number


def _render(words: argparse.Namespace) -> int:
    from astana_kit import site  # noqa: PLC0415 (half a second, not for --help)

    index = site.render(
        words.notebooks,
        output=words.output,
        parameters=_parameters(words.parameters) if words.parameters else None,
        corpus=words.corpus,
        workers=words.workers,
    )
    sys.stdout.write(f"{index}\n")
    return 0


def _new(words: argparse.Namespace) -> int:
    from astana_kit import study  # noqa: PLC0415 (as above)

    folder = study.begin(words.folder)
    sys.stdout.write(
        f"{folder}: put your pages into {folder / study.CORPUS}, open the notebooks with\n"
        f"    jupyter lab {folder}\n"
        f'and write corpus = "{study.CORPUS}" into the first cell of each,\n'
        f"or render them: see the first lines of {folder / study.PARAMETERS_FILE}\n"
    )
    return 0


def _check(words: argparse.Namespace) -> int:
    from astana_kit import checking  # noqa: PLC0415 (as above)

    findings = list(checking.corpus(words.corpus) if words.corpus else checking.installation())
    for finding in findings:
        remedy = f": {finding.remedy}" if finding.remedy else ""
        sys.stdout.write(f"{finding.state:5}  {finding.what}{remedy}\n")
    return int(any(finding.state == "wrong" for finding in findings))


def _parameters(name: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 (for this alone)

    try:
        return tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"{name}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}: no TOML ({error}); a line reads: name = value") from error
