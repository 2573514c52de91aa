"""Words: every sentence is in each catalogue, in all its forms and with its facts, and none is
there in vain.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from bot.kit.words import catalogue_files
from tests.contract.catalogues import FOREIGN, catalogues, entries, forms, key, shown
from tests.contract.house import refuse
from tests.contract.lacking import as_po
from tests.contract.sentences import Said, Sentence, placeholders, said

FORMS = {"pl": 3, "hu": 2}
_ENDING = re.compile(r"[?…]?\s*$")  # a full stop may give way to another order of words

each_language = pytest.mark.parametrize("language", FOREIGN)


def _at(file: str, message: Message) -> str:
    return f"{file}:{message.lineno or '?'} {key(message)}"


@each_language
def test_every_sentence_is_in_the_catalogues(language: str) -> None:
    there = {key(message) for _, message in entries(language)}
    refuse(
        f"{each.place} says {each.sentence}, which no {language}.po has: add it to the one beside "
        "the feature."
        for each in said()
        if each.sentence not in there
    )


@each_language
def test_what_is_lacking_is_printed_with_all_its_forms(language: str) -> None:
    printed = as_po([Said(Sentence("{n} cow", "{n} cows"), "handlers/farm/herd.py:1")], language)
    assert printed.count("msgstr[") == FORMS[language]


@each_language
def test_no_entry_of_the_catalogues_is_unused(language: str) -> None:
    spoken = {each.sentence for each in said()}
    refuse(
        f"{_at(file, message)} is said nowhere: take the entry out, or say it as it stands here."
        for file, message in entries(language)
        if key(message) not in spoken
    )


@each_language
def test_every_entry_is_translated_in_all_its_forms(language: str) -> None:
    refuse(
        told
        for file, message in entries(language)
        for told in unfinished(file, message, FORMS[language])
    )


def unfinished(file: str, message: Message, wanted: int) -> Iterator[str]:
    if message.fuzzy:
        yield f"{_at(file, message)} is marked fuzzy: read it, correct it, take the mark off."
    needed = wanted if key(message).many else 1
    if len(forms(message)) != needed:
        yield (
            f"{_at(file, message)} has {len(forms(message))} forms of the {needed} that the "
            "language has."
        )
    if not all(form.strip() for form in forms(message)):
        yield f"{_at(file, message)} is empty: translate it."


@each_language
def test_every_entry_keeps_the_facts_and_the_ending(language: str) -> None:
    refuse(told for file, message in entries(language) for told in changed(file, message))


def changed(file: str, message: Message) -> Iterator[str]:
    """Forms with other facts than the English: only the form for one may leave the number out."""
    sentence = key(message)
    for number, form in enumerate(forms(message)):
        english = sentence.many if sentence.many and number else sentence.one
        loose = {"n"} if sentence.many and number == 0 else set()
        differing = (placeholders(form) ^ placeholders(english)) - loose
        if form and differing:
            yield (
                f"{_at(file, message)}: “{form}” and the English differ in "
                f"{', '.join(sorted(differing))}."
            )
        if form and _ending(form) != _ending(english):
            yield (
                f"{_at(file, message)}: “{form}” ends otherwise than the English (question mark, "
                "ellipsis, blank)."
            )


def _ending(text: str) -> str:
    return "".join(_ENDING.findall(text))


@each_language
def test_one_sentence_has_one_translation(language: str) -> None:
    found: dict[Sentence, dict[tuple[str, ...], str]] = defaultdict(dict)
    for file, message in entries(language):
        found[key(message)].setdefault(forms(message), _at(file, message))
    refuse(
        f"{' and '.join(places.values())} are translated in two ways: make them one."
        for places in found.values()
        if len(places) > 1
    )


@each_language
def test_catalogue_headers_are_in_order(language: str) -> None:
    refuse(
        f"{file} counts {catalogue.num_plurals} forms, {language} has {FORMS[language]}: correct "
        "its Plural-Forms."
        for file, catalogue in catalogues(language)
        if catalogue.num_plurals != FORMS[language]
    )


def test_a_feature_that_speaks_one_language_speaks_all() -> None:
    beside = {language: {file.parent for file in catalogue_files(language)} for language in FOREIGN}
    refuse(
        f"{shown(folder)}/{language}.po is missing."
        for language in FOREIGN
        for folder in sorted(set().union(*beside.values()) - beside[language])
    )


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Taken by {who}.", ("Wziął {kto}.",)),
        ("Sure?", ("Na pewno.",)),
        (("{n} day", "{n} days"), ("{n} dzień", "dni", "{n} dni")),
    ],
)
def test_changed_facts_and_endings_are_refused(
    english: str | tuple[str, str], translated: tuple[str, ...]
) -> None:
    string = translated if isinstance(english, tuple) else translated[0]
    assert list(changed("pl.po", Message(english, string)))


def test_missing_forms_are_refused() -> None:
    assert list(unfinished("pl.po", Message(("{n} day", "{n} days"), ("{n} dzień", "{n} dni")), 3))
    assert list(unfinished("pl.po", Message("Take", ""), 3))
    assert not list(
        unfinished("hu.po", Message(("{n} day", "{n} days"), ("{n} nap", "{n} nap")), 2)
    )
