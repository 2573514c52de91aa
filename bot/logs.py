"""Logs: one JSON object a line on standard error. No message texts, no SQL parameters."""

import json
import logging
import sys
import traceback

from storage.dialect import passes, why_of


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "where": record.name,
            "what": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["trace"] = _trace(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _trace(fault: BaseException) -> str:
    """What led to it, and of each message the first line: below that PostgreSQL shows the row that
    it refuses.
    """
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    frames = "".join(traceback.format_tb(fault.__traceback__))
    told = f"{frames}{type(fault).__qualname__}: {str(fault).partition(chr(10))[0]}"
    return f"{_trace(before)}\n{told}" if before else told


def note(log: logging.Logger, what: str, fault: Exception) -> None:
    """What goes on by itself and stumbled: a line while the database is away, what led to it for
    anything else.
    """
    if passes(fault):
        log.warning("%s: the database fails (%s)", what, why_of(fault))
    else:
        log.error(what, exc_info=fault)


def begin(level: int = logging.INFO) -> None:
    """Log from now on; the libraries only when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("apscheduler", "slack_sdk", "alembic", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
