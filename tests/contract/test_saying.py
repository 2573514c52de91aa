"""Saying: what is said is a sentence that the catalogues can have, with just the facts that it
names.
"""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.contract.house import Source, refuse
from tests.contract.sentences import (
    COUNTING,
    Sentence,
    placeholders,
    said_in,
    sentence_of_class,
    sentences_of,
    speaking,
    verb_of,
)


def test_what_is_said_is_a_sentence_of_the_catalogues() -> None:
    refuse(told for source in speaking() for told in made_up(source))


def made_up(source: Source) -> Iterator[str]:
    """Sentences put together at run time: no catalogue can have them."""
    for call in source.calls:
        for sentence in sentences_of(source, call):
            if not _is_sentence(source, sentence):
                yield (
                    f"{source.place(call)} says {ast.unparse(sentence)}: write the sentence out, "
                    "or mark it with N_ "
                    "where it stands and carry it in something that is called a sentence or a "
                    "label."
                )


def _is_sentence(source: Source, expression: ast.expr) -> bool:
    """A literal, a choice among literals, or a name that holds sentences, by what it is called or
    what it is given.
    """
    match expression:
        case ast.Constant(value=str()) | ast.Call(func=ast.Name(id="N_")):
            return True
        case ast.IfExp(body=body, orelse=other):
            return _is_sentence(source, body) and _is_sentence(source, other)
        case ast.Subscript(slice=ast.Constant(value=str(key))) if _is_called_so(key):
            return True
        case ast.Subscript(value=table) | ast.Call(func=ast.Attribute(value=table, attr="get")):
            return _is_sentence(source, table)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _is_called_so(name) or any(map(_has_marks, _values(source, expression)))
        case _:
            return False


def _is_called_so(name: str) -> bool:
    return name.lower().strip("_").endswith(
        ("sentence", "sentences", "label", "labels")
    ) or name in {"one", "many"}


def _values(source: Source, name: ast.expr, depth: int = 3) -> list[ast.expr]:
    """What a name is given, in this module or in the one that it comes from; a table that it is
    picked from, too.
    """
    if not depth:
        return []
    module, _, last = source.meaning(name).rpartition(".")
    home = next((each for each in speaking() if each.module == module), source)
    given = home.assigned(last)
    tables = [table for value in given for node in ast.walk(value) if (table := _picked_from(node))]
    return given + [value for table in tables for value in _values(home, table, depth - 1)]


def _picked_from(node: ast.AST) -> ast.expr | None:
    """``TABLE`` of ``TABLE[key]`` and of ``TABLE.get(key)``."""
    match node:
        case ast.Subscript(value=table) | ast.Call(func=ast.Attribute(value=table, attr="get")):
            return table
        case _:
            return None


def _has_marks(value: ast.expr) -> bool:
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func) == "N_" for node in ast.walk(value)
    )


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
            yield (
                f"{source.place(call)}: the sentence names {_listed(named)}, the call gives "
                f"{_listed(given)}."
            )


def _open(call: ast.Call) -> bool:
    """Facts handed on as ``**facts`` cannot be compared here."""
    return any(keyword.arg is None for keyword in call.keywords)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "no fact"


def test_problems_are_raised_with_the_facts_they_name() -> None:
    problems = declared_problems(speaking())
    refuse(told for source in speaking() for told in problems_amiss(source, problems))


def declared_problems(among: Iterable[Source]) -> dict[str, str]:
    """The sentence of each problem by its full name; those with an ``__init__`` of their own fill
    it themselves.
    """
    return {
        f"{source.module}.{declared.name}": str(sentence.value)
        for source in among
        for declared in source.classes
        if (sentence := sentence_of_class(declared)) and sentence.value and not _has_init(declared)
    }


def _has_init(declared: ast.ClassDef) -> bool:
    return any(
        isinstance(statement, ast.FunctionDef) and statement.name == "__init__"
        for statement in declared.body
    )


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
    [
        "words.say(f'Hello {name}')",
        "words.say('a' + b)",
        "words.mark(ticket.subject)",
        "words.say(text.format(a=1))",
    ],
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
    [
        "words.say('Taken by {who}')",
        "words.say('Taken', who=x)",
        "words.count('{n} of {all}', '{n} of {all}', 3)",
    ],
)
def test_facts_that_do_not_fit_are_refused(code: str) -> None:
    assert list(facts_amiss(_source(code)))


def test_problem_without_its_facts_is_refused() -> None:
    source = _source(
        "class Taken(Problem):\n    sentence = 'Taken by {who}.'\ndef f():\n    raise Taken()"
    )
    assert list(problems_amiss(source, declared_problems([source])))
