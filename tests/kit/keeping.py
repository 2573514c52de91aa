"""Keeps files one after another until it is killed.

``python -m tests.kit.keeping FOLDER`` says that it began once the first is kept.
"""

import itertools
import os
import sys
from pathlib import Path

from bot.kit.files.content_store import ContentStore

REST = os.urandom(3_000_000)


def main() -> None:
    store = ContentStore(Path(sys.argv[1]))
    for number in itertools.count():
        store.keep(f"{os.getpid()}-{number}".encode() + REST)
        if number == 0:
            sys.stdout.write("begun\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
