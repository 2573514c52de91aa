"""``python -m tests.words.trainer``: learn the intents anew, measure them, write both down.

Weights go to ``handlers/words/weights.json``, figures to ``docs/words.md``.
"""

import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.kit.words import LANGUAGES
from handlers.words.model import classifier, intents
from handlers.words.model.classifier import Classifier, Trained
from handlers.words.model.features import features, letters
from handlers.words.model.figures import Figures, figures
from handlers.words.model.intents import OTHER, SMALL_TALK, Setting, is_said, judge, understand
from handlers.words.model.sentences import FOLDER, Sentence, read, sentences
from tests.words.training import Example, train

CLASSES = (*intents.INTENTS, SMALL_TALK, OTHER)
FOLDS = 5
_DAY = date(2026, 11, 23)
_DOCS = Path(__file__).parents[2] / "docs" / "words.md"
_UNSEEN = FOLDER / "unseen"
_BEGIN, _END = "<!-- figures: made by make words-model -->", "<!-- end of figures -->"
_WANTED = 0.97
"""How many of the sure ones must be right where the bound of an intent is chosen."""
_BOUNDS = tuple(step / 100 for step in range(50, 96, 5))


@dataclass(frozen=True, slots=True)
class Guess:
    """A sentence, and what a model that never saw its family made of it."""

    sentence: Sentence
    intent: str
    chance: float
    is_sure: bool = False

    @property
    def is_right(self) -> bool:
        return _shown(self.intent) == _shown(self.sentence.intent)


def main() -> None:
    """Learn, measure, write."""
    existing = sentences()
    folds = _folds(existing)
    guesses = [guess for fold in range(FOLDS) for guess in _of_fold(existing, folds, fold)]
    judged = [guess for fold in range(FOLDS) for guess in _judged(guesses, folds, fold)]
    model = Trained(_intents(existing), _languages(existing), _bounds(guesses))
    _write(model)
    classifier.trained.cache_clear()
    report = "\n".join([*_table(judged), *_on_unseen()])
    _write_docs(report)
    sys.stdout.write(report + "\n")


def _folds(existing: Iterable[Sentence]) -> Mapping[str, int]:
    """A fifth of the families each; a family is never divided."""
    families = sorted({each.family for each in existing})
    random.Random(3).shuffle(families)
    return {family: place % FOLDS for place, family in enumerate(families)}


def _intents(existing: Iterable[Sentence]) -> Classifier:
    return train([Example(_features(each), each.intent) for each in existing], CLASSES)


def _languages(existing: Iterable[Sentence]) -> Classifier:
    return train([Example(letters(each.text), each.language) for each in existing], LANGUAGES)


def _features(sentence: Sentence) -> list[str]:
    return features(_figures(sentence).plain)


def _figures(sentence: Sentence) -> Figures:
    _, rest = intents.without_day(sentence.text, _DAY, sentence.language)
    return figures(rest)


def _of_fold(existing: Sequence[Sentence], folds: Mapping[str, int], fold: int) -> Iterable[Guess]:
    """The fold's sentences, judged by a model of the others."""
    model = _intents(each for each in existing if folds[each.family] != fold)
    for each in existing:
        if folds[each.family] == fold:
            numbers = _figures(each)
            best, chance, _ = judge(numbers.plain, numbers, model)
            yield Guess(each, best, chance if is_said(best, numbers.plain) else 0.0)


def _judged(guesses: Sequence[Guess], folds: Mapping[str, int], fold: int) -> Iterable[Guess]:
    """The fold's guesses, with bounds that the other folds chose."""
    bounds = _bounds([each for each in guesses if folds[each.sentence.family] != fold])
    for each in guesses:
        if folds[each.sentence.family] == fold:
            yield replace(each, is_sure=each.chance >= bounds[each.intent])


def _bounds(guesses: Sequence[Guess]) -> dict[str, float]:
    """For each intent the least chance from which enough guesses are right."""
    return {intent: _bound([g for g in guesses if g.intent == intent]) for intent in CLASSES}


def _bound(guesses: Sequence[Guess]) -> float:
    for bound in _BOUNDS:
        sure = [each for each in guesses if each.chance >= bound]
        if sure and sum(each.is_right for each in sure) >= _WANTED * len(sure):
            return bound
    return _BOUNDS[-1]


def _write(model: Trained) -> None:
    """A line for each feature, so that a change can be read."""
    kept = {
        "sure_from": model.sure_from,
        "intents": {"classes": model.intents.classes, "weights": model.intents.weights},
        "languages": {"classes": model.languages.classes, "weights": model.languages.weights},
    }
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    classifier.FILE.write_text(text.replace("],", "],\n") + "\n", encoding="utf-8")


def _shown(intent: str) -> str:
    return "none" if intent in (SMALL_TALK, OTHER) else intent


def _table(judged: Sequence[Guess]) -> list[str]:
    """Figures by language and intent."""
    lines = [
        "| language | intent | sentences | right | sure | right when sure |",
        "|---|---|---|---|---|---|",
    ]
    for language in LANGUAGES:
        for intent in (*intents.INTENTS, "none"):
            some = [
                each
                for each in judged
                if each.sentence.language == language and _shown(each.sentence.intent) == intent
            ]
            lines.append(_line(language, intent, some))
    return [*lines, _line("**all**", "", judged)]


def _line(language: str, intent: str, some: Sequence[Guess]) -> str:
    sure = [each for each in some if each.is_sure]
    right = sum(each.is_right for each in some)
    right_when_sure = sum(each.is_right for each in sure)
    return (
        f"| {language} | {intent} | {len(some)} | {_percent(right, len(some))} "
        f"| {_percent(len(sure), len(some))} | {_percent(right_when_sure, len(sure))} |"
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _on_unseen() -> list[str]:
    """The whole decision, on sentences that nothing was learnt from."""
    lines = [
        "",
        "| unseen, in | sentences | right | sure | right when sure | language right |",
        "|---|---|---|---|---|---|",
    ]
    for language in LANGUAGES:
        text = (_UNSEEN / f"{language}.txt").read_text(encoding="utf-8")
        lines.append(_unseen_line(language, list(read(text, language))))
    return lines


def _unseen_line(language: str, some: Sequence[Sentence]) -> str:
    read_as = [(each, understand(each.text, Setting(_DAY, {}))) for each in some]
    right = [(each, got) for each, got in read_as if got.intent == _shown(each.intent)]
    sure = sum(got.is_sure for _, got in read_as)
    right_when_sure = sum(got.is_sure for _, got in right)
    in_language = sum(got.language == language for _, got in read_as)
    return (
        f"| {language} | {len(some)} | {_percent(len(right), len(some))} "
        f"| {_percent(sure, len(some))} | {_percent(right_when_sure, sure)} "
        f"| {_percent(in_language, len(some))} |"
    )


def _write_docs(report: str) -> None:
    """The figures stand between two marks."""
    before, _, rest = _DOCS.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    _DOCS.write_text(f"{before}{_BEGIN}\n\n{report}\n\n{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
