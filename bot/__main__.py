"""``zaplecze`` and ``python -m bot``."""

import sys


def main() -> None:
    """Run the command line; a refusal is one sentence on standard error and status 1."""
    from bot.cli import cli
    from bot.kit.errors import Problem

    try:
        cli()
    except Problem as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - this is where sentences are spoken
        sys.exit(1)


if __name__ == "__main__":
    main()
