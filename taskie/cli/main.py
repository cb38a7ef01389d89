"""The ``taskie`` command: one subcommand per job, each in a module of its own.

Exit codes: 0 all done, 1 something failed and was reported, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from taskie import __version__
from taskie.errors import TaskieError

FAILED = 1
INTERRUPTED = 130

# Modules in the order of --help; each has add_parser(subparsers) and run(args) -> exit code.
COMMANDS = ("extract", "view", "export", "import", "train", "evaluate", "calibrate", "compare", "corpus")
_MODULES = {"import": "import_gold"}  # a module cannot bear the name of a statement


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    parser = argparse.ArgumentParser(
        prog="taskie",
        description="Turn Chinese government task notices into a ledger of tasks, targets, lead units and deadlines.",
        epilog="Start with: taskie extract notice.txt -o ledger.xlsx",
    )
    parser.add_argument("--version", action="version", version=f"taskie {__version__}")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"taskie.cli.{_MODULES.get(name, name)}").add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with ``argv`` (default: the process's own) and return its exit code."""
    args = build_parser().parse_args(argv)
    try:
        return int(args.run(args))
    except TaskieError as error:
        if args.debug:
            raise
        print(f"taskie: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("taskie: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; that is no error of ours.
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
