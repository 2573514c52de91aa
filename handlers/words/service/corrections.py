"""What people meant where they were understood otherwise: kept for whoever teaches the bot."""

import json
from datetime import timedelta
from typing import Any

from handlers.words.model.customer_names import candidates
from handlers.words.model.intents import Setting, prepare
from storage.documents import files
from storage.turn import Turn

KEPT = timedelta(days=180)
EVERY = timedelta(days=1)
_PREFIX = "words-meant:"


def note(turn: Turn, origin: str, text: str, guess: str, meant: str, against: Setting) -> None:
    """A sentence without its names and numbers, what was guessed and what was meant."""
    language, _, numbers = prepare(text, against)
    plain = numbers.plain
    for word in candidates(plain):
        if word.written[0].isupper():
            plain = plain.replace(word.written, "name#")
    sentence = " ".join(plain.split())
    kept = {
        "at": turn.now.isoformat(),
        "language": language,
        "sentence": sentence,
        "guess": guess,
        "meant": meant,
    }
    files.keep(turn, f"{_PREFIX}{origin}", json.dumps(kept, ensure_ascii=False).encode())
    turn.record("words.corrected", f"words:{origin}", guess=guess, meant=meant)


def kept(turn: Turn) -> list[dict[str, Any]]:
    """All of them, the oldest first."""
    return [json.loads(content) for content in files.contents(turn, _PREFIX)]


def forget(turn: Turn) -> None:
    """What was kept long ago."""
    files.forget(turn, _PREFIX, turn.now - KEPT)
