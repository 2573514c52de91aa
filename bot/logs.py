"""Logs: one JSON object a line on standard error, whatever is logged. Nothing that people wrote or
sent: of a fault its kind and its place, of what a library says the first line.
"""

import json
import logging
import sys
import threading
import traceback

from bot.kit.errors import Problem
from storage.dialect import passes, why_of

log = logging.getLogger(__name__)
_OURS = ("bot", "handlers", "storage")
_LONGEST = 300


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "where": record.name,
            "what": _said(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["trace"] = _trace(record.exc_info[1])
        return json.dumps(line)  # in ASCII: no sign of another's commands a terminal


def _said(record: logging.LogRecord) -> str:
    """Our own sentences whole; of a library's the first line, below which it shows what it had in
    hand.
    """
    try:
        said = record.getMessage()
    except (TypeError, ValueError):  # its parts do not fit it
        said = str(record.msg)
    is_ours = record.name.partition(".")[0] in _OURS
    return said if is_ours else said.partition("\n")[0][:_LONGEST]


def _trace(fault: BaseException) -> str:
    """What led to it: kinds and places. Of messages only the system's own: in others stands what
    somebody wrote, or the row that a database refuses.
    """
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    frames = "".join(traceback.format_tb(fault.__traceback__))
    why = f": {fault.strerror}" if isinstance(fault, OSError) and fault.strerror else ""
    text = f"{frames}{type(fault).__qualname__}{why}"
    return f"{_trace(before)}\n{text}" if before else text


def note(log: logging.Logger, what: str, fault: Exception) -> None:
    """What goes on by itself and stumbled: a line while the database is away, what led to it for
    anything else.
    """
    if passes(fault):
        log.warning("%s: the database fails (%s)", what, why_of(fault))
    elif isinstance(fault, Problem):
        log.warning("%s: %s", what, fault.sentence)
    else:
        log.error(what, exc_info=fault)


def begin(level: int = logging.INFO) -> None:
    """Log from now on; the libraries only when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    threading.excepthook = _in_thread
    sys.unraisablehook = _unraisable
    for name in ("apscheduler", "slack_sdk", "alembic", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _in_thread(fault: threading.ExceptHookArgs) -> None:
    if fault.exc_value is not None:
        log.error("a thread ended before its time", exc_info=fault.exc_value)


def _unraisable(fault: "sys.UnraisableHookArgs") -> None:
    if fault.exc_value is not None:
        log.error("something could not be put away", exc_info=fault.exc_value)
