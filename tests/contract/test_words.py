"""Words: every sentence is in each catalogue, whole and unused by none, and is said with the facts it names."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.kit.words import LANGUAGES, catalogue_files
from tests.contract.house import ROOT, Source, refuse
from tests.contract.sentences import (
    COUNTING,
    Sentence,
    placeholders,
    said,
    said_in,
    sentence_of_class,
    sentences_of,
    speaking,
    verb_of,
)

FOREIGN = tuple(language for language in LANGUAGES if language != "en")
FORMS = {"pl": 3, "hu": 2}
_ENDING = re.compile(r"[.?!:…]?\s*$")

each_language = pytest.mark.parametrize("language", FOREIGN)


@cache
def catalogues(language: str) -> tuple[tuple[str, Catalog], ...]:
    """Every catalogue of a language with the file that holds it."""
    return tuple((_shown(file), _read(file, language)) for file in catalogue_files(language))


def _shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as po:
        return read_po(po, locale=language, abort_invalid=True)


def entries(language: str) -> Iterator[tuple[str, Message]]:
    return ((file, message) for file, catalogue in catalogues(language) for message in catalogue if message.id)


def key(message: Message) -> Sentence:
    return Sentence(message.id) if isinstance(message.id, str) else Sentence(*message.id)


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def _at(file: str, message: Message) -> str:
    return f"{file}:{message.lineno or '?'} {key(message)}"


@each_language
def test_every_sentence_is_in_the_catalogues(language: str) -> None:
    there = {key(message) for _, message in entries(language)}
    refuse(
        f"{each.place} says {each.sentence}, which no {language}.po has: add it to the one beside the feature."
        for each in said()
        if each.sentence not in there
    )


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
    refuse(told for file, message in entries(language) for told in unfinished(file, message, FORMS[language]))


def unfinished(file: str, message: Message, wanted: int) -> Iterator[str]:
    if message.fuzzy:
        yield f"{_at(file, message)} is marked fuzzy: read it, correct it, take the mark off."
    needed = wanted if key(message).many else 1
    if len(forms(message)) != needed:
        yield f"{_at(file, message)} has {len(forms(message))} forms of the {needed} that the language has."
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
            yield f"{_at(file, message)}: “{form}” and the English differ in {', '.join(sorted(differing))}."
        if form and _ending(form) != _ending(english):
            yield f"{_at(file, message)}: “{form}” ends otherwise than the English (stop, colon, blank)."


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
        f"{file} counts {catalogue.num_plurals} forms, {language} has {FORMS[language]}: correct its Plural-Forms."
        for file, catalogue in catalogues(language)
        if catalogue.num_plurals != FORMS[language]
    )


def test_a_feature_that_speaks_one_language_speaks_all() -> None:
    beside = {language: {file.parent for file in catalogue_files(language)} for language in FOREIGN}
    refuse(
        f"{_shown(folder)}/{language}.po is missing."
        for language in FOREIGN
        for folder in sorted(set().union(*beside.values()) - beside[language])
    )


def test_what_is_said_is_a_sentence_of_the_catalogues() -> None:
    refuse(told for source in speaking() for told in made_up(source))


def made_up(source: Source) -> Iterator[str]:
    """Sentences put together at run time: no catalogue can have them."""
    for call in source.calls:
        for sentence in sentences_of(source, call):
            if not _is_sentence(source, sentence):
                yield (
                    f"{source.place(call)} says {ast.unparse(sentence)}: write the sentence out, or mark it with N_ "
                    "where it stands and carry it in something that is called a sentence or a label."
                )


def _is_sentence(source: Source, expression: ast.expr) -> bool:
    """A literal, a choice among literals, or a name that holds sentences, by what it is called or what it is given."""
    match expression:
        case ast.Constant(value=str()) | ast.Call(func=ast.Name(id="N_")):
            return True
        case ast.IfExp(body=body, orelse=other):
            return _is_sentence(source, body) and _is_sentence(source, other)
        case ast.Subscript(value=table):
            return _is_sentence(source, table)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _is_called_so(name) or any(map(_has_marks, _values(source, expression)))
        case _:
            return False


def _is_called_so(name: str) -> bool:
    return name.lower().strip("_").endswith(("sentence", "sentences", "label", "labels")) or name in {"one", "many"}


def _values(source: Source, name: ast.expr) -> list[ast.expr]:
    """What a name is given, in this module or in the one that it comes from; a table that it is picked from, too."""
    module, _, last = source.meaning(name).rpartition(".")
    home = next((each for each in speaking() if each.module == module), source)
    given = home.assigned(last)
    tables = {node for value in given for node in ast.walk(value) if isinstance(node, ast.Subscript)}
    return given + [value for table in tables for value in _values(home, table.value)]


def _has_marks(value: ast.expr) -> bool:
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) == "N_" for node in ast.walk(value))


def test_sentences_are_said_with_the_facts_they_name() -> None:
    refuse(told for source in speaking() for told in facts_amiss(source))


def facts_amiss(source: Source) -> Iterator[str]:
    for call in source.calls:
        keys = sentences_of(source, call)
        verb = verb_of(source, call)
        literal = all(isinstance(each, ast.Constant) for each in keys)
        if not keys or not literal or verb == "N_" or _open(call):
            continue
        given = {keyword.arg for keyword in call.keywords if keyword.arg}
        named = set().union(*(placeholders(str(ast.literal_eval(each))) for each in keys))
        if verb in COUNTING:
            given, named = given - {"n"}, named - {"n"}
        if given != named:
            yield f"{source.place(call)}: the sentence names {_listed(named)}, the call gives {_listed(given)}."


def _open(call: ast.Call) -> bool:
    """Facts handed on as ``**facts`` cannot be compared here."""
    return any(keyword.arg is None for keyword in call.keywords)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "no fact"


def test_problems_are_raised_with_the_facts_they_name() -> None:
    problems = declared_problems(speaking())
    refuse(told for source in speaking() for told in problems_amiss(source, problems))


def declared_problems(among: Iterable[Source]) -> dict[str, str]:
    """The sentence of each problem by its full name; those with an ``__init__`` of their own fill it themselves."""
    return {
        f"{source.module}.{declared.name}": str(sentence.value)
        for source in among
        for declared in source.classes
        if (sentence := sentence_of_class(declared)) and sentence.value and not _has_init(declared)
    }


def _has_init(declared: ast.ClassDef) -> bool:
    return any(isinstance(statement, ast.FunctionDef) and statement.name == "__init__" for statement in declared.body)


def problems_amiss(source: Source, problems: dict[str, str]) -> Iterator[str]:
    for call in source.calls:
        name = source.meaning(call.func)
        sentence = problems.get(name) or problems.get(f"{source.module}.{name}")
        if sentence is None or _open(call):
            continue
        missing = placeholders(sentence) - {keyword.arg for keyword in call.keywords}
        if missing:
            yield f"{source.place(call)}: “{sentence}” needs {_listed(missing)} as well."


def _source(code: str) -> Source:
    return Source("handlers/tickets/service.py", code)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("words.say('Take')", Sentence("Take")),
        ("turn.words.mark('{who} took it', who=x)", Sentence("{who} took it")),
        ("self.words.count('{n} day', '{n} days', n)", Sentence("{n} day", "{n} days")),
        ("STATES = {1: N_('open')}", Sentence("open")),
        ("class Taken(Problem):\n    sentence = 'Taken by {who}.'", Sentence("Taken by {who}.")),
    ],
)
def test_sentences_are_found_where_they_stand(code: str, found: Sentence) -> None:
    assert [each.sentence for each in said_in(_source(code))] == [found]


def test_counting_letters_says_nothing() -> None:
    assert list(said_in(_source("'abc'.count('a')"))) == []


@pytest.mark.parametrize(
    "code",
    ["words.say(f'Hello {name}')", "words.say('a' + b)", "words.mark(ticket.subject)", "words.say(text.format(a=1))"],
)
def test_made_up_sentence_is_refused(code: str) -> None:
    assert list(made_up(_source(code)))


@pytest.mark.parametrize(
    "code",
    [
        "words.say('Take' if free else N_('Taken'))",
        "STATES = {1: N_('open')}\ndef f():\n    state = STATES[1]\n    words.say(state)",
        "words.say(problem.sentence)",
    ],
)
def test_marked_sentence_may_be_carried_in_a_name(code: str) -> None:
    assert not list(made_up(_source(code)))


@pytest.mark.parametrize(
    "code",
    ["words.say('Taken by {who}')", "words.say('Taken', who=x)", "words.count('{n} of {all}', '{n} of {all}', 3)"],
)
def test_facts_that_do_not_fit_are_refused(code: str) -> None:
    assert list(facts_amiss(_source(code)))


def test_problem_without_its_facts_is_refused() -> None:
    source = _source("class Taken(Problem):\n    sentence = 'Taken by {who}.'\ndef f():\n    raise Taken()")
    assert list(problems_amiss(source, declared_problems([source])))


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Taken by {who}.", ("Wziął {kto}.",)),
        ("Taken.", ("Wzięte",)),
        (("{n} day", "{n} days"), ("{n} dzień", "dni", "{n} dni")),
    ],
)
def test_changed_facts_and_endings_are_refused(english: str | tuple[str, str], translated: tuple[str, ...]) -> None:
    string = translated if isinstance(english, tuple) else translated[0]
    assert list(changed("pl.po", Message(english, string)))


def test_missing_forms_are_refused() -> None:
    assert list(unfinished("pl.po", Message(("{n} day", "{n} days"), ("{n} dzień", "{n} dni")), 3))
    assert list(unfinished("pl.po", Message("Take", ""), 3))
    assert not list(unfinished("hu.po", Message(("{n} day", "{n} days"), ("{n} nap", "{n} nap")), 2))
