"""What a personnel file lacks for a certificate is asked of the department that keeps the file."""

from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn, person
from bot.kit.words import Words
from handlers.documents import kinds
from handlers.documents.kinds import FieldsMissing
from handlers.documents.model.asked import Asked
from handlers.documents.service import requests
from handlers.documents.service.labels import label_of
from handlers.ledger.service.balances import company_day
from handlers.people.service.finance_channel import Desk, desk_of
from handlers.people.service.personnel import NoPersonnelFile
from storage.documents.register import Document
from storage.turn import Turn


def request(turn: Turn, question: Asked, origin: str) -> Document | Mrkdwn:
    """A document as :func:`requests.request` asks for it; or, where a personnel file lacks what it
    needs, what was asked of the department that keeps it.
    """
    try:
        return requests.request(turn, question, origin)
    except (NoPersonnelFile, FieldsMissing) as problem:
        keeper = _keeper(turn, question)
        if keeper is None:
            raise
        _ask(turn, keeper, question, problem)
        return _asked(turn, question, problem)


def _keeper(turn: Turn, question: Asked) -> Desk | None:
    """The desk of the department that a personal kind belongs to."""
    listed = turn.catalogue.document_kinds.get(question.kind)
    if listed is None or not kinds.kind(question.kind).is_personal:
        return None
    department = turn.catalogue.departments.get(listed.department)
    return desk_of(turn, department) if department else None


def _ask(turn: Turn, keeper: Desk, question: Asked, problem: Problem) -> None:
    """Once a day for what is lacking to a person's kind, however often they try."""
    text = keeper.words.mark(
        "{person} asks for *{document}*, and it cannot be made. {why} Enter it with "
        "`zaplecze people import`, and tell them to ask again.",
        person=person(turn.actor.id),
        document=label_of(turn, question.kind, keeper.words),
        why=_why(keeper.words, problem),
    )
    day, lacking = company_day(turn).isoformat(), len(getattr(problem, "gaps", ()))
    once = f"personnel-gap:{turn.actor.id}:{question.kind}:{day}:{lacking}"
    turn.tell(keeper.channel, text, once=once, subject="personnel")
    turn.record("document.lacking", f"person:{turn.actor.id}", kind=question.kind)


def _asked(turn: Turn, question: Asked, problem: Problem) -> Mrkdwn:
    listed = turn.catalogue.document_kinds[question.kind]
    department = turn.catalogue.departments[listed.department]
    return turn.words.mark(
        "*{document}* cannot be made yet. {why} {department} was told; ask again once it is "
        "entered.",
        document=label_of(turn, question.kind, turn.words),
        why=_why(turn.words, problem),
        department=department.name.in_(turn.words.language),
    )


def _why(words: Words, problem: Problem) -> str:
    if isinstance(problem, FieldsMissing):
        names = tuple(gap.name for gap in problem.gaps)
        return words.say("The personnel file lacks: {fields}.", fields=words.fact(names))
    return words.problem(problem)
