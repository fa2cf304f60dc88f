"""The command ``astana``: its words and what they call; heavy libraries load inside."""

import argparse
import signal
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from astana_kit import __version__


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
    # the end of a session (a closed terminal, a stopped container) cleans up as Ctrl-C does
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return int(words.command(words))
    except (ValueError, OSError) as error:
        sys.stderr.write(f"astana: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("astana: stopped; nothing was changed\n")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="astana", description="How news in several languages covers the Astana talks on Syria."
    )
    parser.add_argument("--version", action="version", version=f"astana_kit {__version__}")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands")
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
    return parser


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
        workers=words.workers,
    )
    sys.stdout.write(f"{index}\n")
    return 0


def _parameters(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"{name}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}: no TOML ({error}); a line reads: name = value") from error
