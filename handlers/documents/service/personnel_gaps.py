"""What a personnel file lacks for a certificate is asked of the department that keeps the file."""

import hashlib

from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn, person
from handlers.documents import kinds
from handlers.documents.kinds import FieldsMissing
from handlers.documents.model.askable import ASKABLE
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
    needs, what was asked of the department that keeps it. FieldsMissing is what a form may ask.
    """
    try:
        return requests.request(turn, question, origin)
    except (NoPersonnelFile, FieldsMissing) as problem:
        keeper = _keeper(turn, question)
        gaps = getattr(problem, "gaps", ())
        may_be_typed = bool(gaps) and all(gap.path in ASKABLE for gap in gaps)
        if keeper is None or may_be_typed:
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
        "{person} asks for *{document}*. {why} Once it is entered (`zaplecze people import`), tell "
        "them to ask again.",
        person=person(turn.actor.id),
        document=label_of(turn, question.kind, keeper.words),
        why=keeper.words.problem(problem),
    )
    lacking = ",".join(gap.path for gap in getattr(problem, "gaps", ()))
    digest = hashlib.sha256(lacking.encode()).hexdigest()[:12]
    day = company_day(turn).isoformat()
    once = f"personnel-gap:{turn.actor.id}:{question.kind}:{day}:{digest}"
    turn.tell(keeper.channel, text, once=once, subject="personnel")
    turn.record("document.lacking", f"person:{turn.actor.id}", kind=question.kind)


def _asked(turn: Turn, question: Asked, problem: Problem) -> Mrkdwn:
    listed = turn.catalogue.document_kinds[question.kind]
    department = turn.catalogue.departments[listed.department]
    return turn.words.mark(
        "{why} {department} was told; ask again once it is entered.",
        why=turn.words.problem(problem),
        department=department.name.in_(turn.words.language),
    )
