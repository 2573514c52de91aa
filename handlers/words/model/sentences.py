"""The sentences that the intents are learnt from: ``sentences/en.txt`` and its siblings."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.kit.words import LANGUAGES

FOLDER = Path(__file__).parents[1] / "sentences"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. Those of a ``family`` ask in the same way."""

    text: str
    language: str
    intent: str
    family: str


def sentences() -> list[Sentence]:
    """All of them."""
    return [each for language in LANGUAGES for each in of_language(language)]


def of_language(language: str) -> Iterator[Sentence]:
    return read((FOLDER / f"{language}.txt").read_text(encoding="utf-8"), language)


def read(text: str, language: str) -> Iterator[Sentence]:
    """A file's sentences: ``[name]`` begins an intent, an empty line another family, ``#`` a
    remark.
    """
    intent, family = "", 0
    for line in map(str.strip, text.splitlines()):
        if line.startswith("#"):
            continue
        if not line:
            family += 1
        elif line.startswith("["):
            intent, family = line.strip("[]"), family + 1
        else:
            yield Sentence(line, language, intent, f"{language}:{family}")
