"""The imported statements as finance sees them, and taking one of them back."""

from collections.abc import Iterator

from bot.kit.block_kit import View
from bot.kit.errors import Problem
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.invoices.blocks import statement_imports as looks
from handlers.invoices.blocks.statement_imports import Imported
from handlers.invoices.service.waiting import payment_board
from handlers.ledger.service.bank import import_reversal
from handlers.ledger.service.bank.import_reversal import Obstacles, TakenBack
from storage.bank import imports
from storage.bank.imports import Import
from storage.turn import BOT, Turn

_SHOWN = 30


def view(turn: Turn) -> View:
    return looks.view(_newest(turn), (), turn.words)


def take_back(turn: Turn, import_id: int) -> View:
    """The window again, above it what became of the import."""
    try:
        obstacles, lines = import_reversal.take_back(turn, import_id)
    except TakenBack as problem:
        return _again(turn, problem)
    if obstacles:
        notice = looks.refused(list(_reasons(obstacles, turn.words)), turn.words)
    else:
        notice = looks.taken_back(lines, turn.words)
        payment_board.show(turn)
    return looks.view(_newest(turn), notice, turn.words)


def _again(turn: Turn, problem: Problem) -> View:
    return looks.view(_newest(turn), looks.warned(turn.words.problem(problem)), turn.words)


def _newest(turn: Turn) -> list[Imported]:
    return [_imported(item) for item in imports.newest(turn, _SHOWN)]


def _imported(item: Import) -> Imported:
    by = item.by_person if item.by_person != BOT.id else None
    return Imported(item.id, item.name, item.at, item.lines, by)


def _reasons(obstacles: Obstacles, words: Words) -> Iterator[str]:
    for line in obstacles.by_hand:
        amount = words.money(Money(line.amount, line.currency))
        day = words.date(line.booked_on)
        yield words.say("{amount} of {day} was booked by hand.", amount=amount, day=day)
    for number in obstacles.refunded:
        yield words.say("Money was given back on {number}.", number=number)
    for number, made_on in obstacles.documents:
        day = words.date(made_on)
        yield words.say("Document {number} of {day} counts it.", number=number, day=day)
    for name, sent_on in obstacles.messages:
        day = words.date(sent_on)
        yield words.say("A reminder went to {customer} on {day}.", customer=name, day=day)
