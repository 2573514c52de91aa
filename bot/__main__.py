"""``zaplecze`` and ``python -m bot``."""

import logging
import os
import sys
from typing import NoReturn


def main() -> None:
    """Run the command line; what is refused or fails is one sentence on standard error and status
    1.

    ``python -X dev -m bot …`` shows where something unexpected came from.
    """
    logging.getLogger().addHandler(
        logging.NullHandler()
    )  # libraries warn in logs, and only `serve` and `demo` log
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as fault:
        _let_go_of_output()
        _refuse(
            f"{fault.strerror or fault}: {fault.filename}"
            if fault.filename
            else f"{fault.strerror or fault}"
        )
    except Exception as unexpected:
        if sys.flags.dev_mode:
            raise
        logging.getLogger("bot").critical("unexpected", exc_info=True)
        sentence = f"This should not have happened: {type(unexpected).__name__}: {unexpected}"
        _refuse(sentence.splitlines()[0])


def _run() -> None:
    from bot.cli import cli
    from bot.kit.errors import Problem

    try:
        cli()
    except Problem as problem:
        _refuse(str(problem))


def _let_go_of_output() -> None:
    """What could not be written is not tried once more at the end: that would be a second,
    unreadable refusal.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _refuse(sentence: str) -> NoReturn:
    from bot.commands.output import print_text

    print_text(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
