"""Every sentence that the product says, as the sources hold it, and how it is said."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

from tests.contract.house import PLAYGROUND, Source, sources

SAYING = {"say": 1, "mark": 1, "count": 2, "mark_count": 2, "Phrase": 1, "N_": 1}
"""What takes sentences, and how many."""
COUNTING = {"count", "mark_count"}
_WORDS = "bot/kit/words.py"


@dataclass(frozen=True)
class Sentence:
    """A key of the catalogues: ``many`` is empty where nothing is counted."""

    one: str
    many: str = ""

    def __str__(self) -> str:
        return f"“{self.one}”" + (f" / “{self.many}”" if self.many else "")


@dataclass(frozen=True)
class Said:
    """A sentence and one place where it is said."""

    sentence: Sentence
    place: str


def speaking() -> tuple[Source, ...]:
    """The modules that speak through words; the playground has its own page and its own words."""
    return tuple(s for s in sources() if s.path != _WORDS and not s.path.startswith(PLAYGROUND))


@cache
def said() -> tuple[Said, ...]:
    return tuple(said for source in speaking() for said in said_in(source))


def said_in(source: Source) -> Iterator[Said]:
    """Sentences that are said, marked with ``N_``, or stand as a problem's ``sentence``."""
    for call in source.calls:
        keys = sentences_of(source, call)
        if keys and all(isinstance(key, ast.Constant) for key in keys):
            yield Said(Sentence(*(str(ast.literal_eval(key)) for key in keys)), source.place(call))
    for declared in source.classes:
        if (sentence := sentence_of_class(declared)) is not None and sentence.value:
            yield Said(Sentence(str(sentence.value)), source.place(sentence))


def sentences_of(source: Source, call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are sentences; none when the call says nothing."""
    if source.meaning(call.func).startswith(
        "bot.playground."
    ):  # people talk there, not the product
        return []
    verb = verb_of(source, call)
    counts_something_else = verb == "count" and len(call.args) + len(call.keywords) < 3
    return [] if counts_something_else else call.args[: SAYING.get(verb, 0)]


def verb_of(source: Source, call: ast.Call) -> str:
    """The last name of what is called: ``say`` in ``turn.words.say``."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return source.meaning(call.func).rpartition(".")[2]


def sentence_of_class(declared: ast.ClassDef) -> ast.Constant | None:
    """The literal that a class gives as its ``sentence``, bare or marked with ``N_``."""
    for statement in declared.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="sentence")], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id="sentence"), value=ast.expr() as value):
                pass
            case _:
                continue
        if isinstance(value, ast.Call) and value.args:
            value = value.args[0]
        return value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
    return None


def placeholders(sentence: str) -> set[str]:
    """The names of the facts in a sentence: ``{n} of {all:,}`` has ``n`` and ``all``."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
