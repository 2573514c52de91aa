"""Files below the paths that somebody named."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Each path that is no folder, and the files of those that are, in the order of names.

    Within folders hidden ones are passed over, and what is no file (a pipe, a socket). What cannot
    be looked at comes too, a folder as well, so that whoever opens it hears why not: nothing is
    left out silently.
    """
    for path in paths:
        yield from (
            _walked(path) if os.path.isdir(path) else (path,)
        )  # Path.is_dir raises where it may not look


def _walked(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.stat().st_mode
            below = sorted(os.listdir(path), reverse=True) if stat.S_ISDIR(mode) else []
        except OSError:
            yield path
            continue
        if stat.S_ISREG(mode):
            yield path
        elif path == folder or not path.is_symlink():  # a link to a folder above would never end
            waiting += [path / name for name in below if not name.startswith(".")]
