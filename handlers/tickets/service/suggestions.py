"""Before a ticket is sent: open ones of the same person that resemble it, and canned answers that may fit."""

from collections.abc import Iterable

from bot.kit import looks
from bot.kit.catalogue import RequestType, Template
from bot.kit.markup import Mrkdwn
from bot.kit.stems import search_terms
from handlers.tickets.service import gate
from storage import ticket_search
from storage.turn import Turn

_MOST = 2
_SHORTEST = 4  # letters of a word that says something
_MOST_OF_AN_ANSWER = 300


def hints(turn: Turn, kind: RequestType | None, text: str) -> list[Mrkdwn]:
    """What to show above the form, in the actor's language; nothing for nothing said."""
    said = _telling(text)
    if not said:
        return []
    return [*_similar(turn, said), *_answers(turn, kind, said)]


def _similar(turn: Turn, said: set[str]) -> list[Mrkdwn]:
    found = ticket_search.resembling(turn, turn.actor.id, said, most=_MOST)
    return [
        turn.words.mark(
            "You have asked already: *{number}* · {subject}", number=gate.number(turn, ticket), subject=ticket.subject
        )
        for ticket in found
    ]


def _answers(turn: Turn, kind: RequestType | None, said: set[str]) -> list[Mrkdwn]:
    """Answers whose name says one of the words, or whose text says two of them."""
    kinds = [kind] if kind else turn.catalogue.request_types.values()
    language = turn.words.language
    fitting = [
        (each, template)
        for each in kinds
        for template in each.templates
        if said & _telling(template.label.in_(language)) or len(said & _telling(template.text.in_(language))) > 1
    ]
    return [_answer(turn, each, template) for each, template in fitting[:_MOST]]


def _answer(turn: Turn, kind: RequestType, template: Template) -> Mrkdwn:
    department = turn.catalogue.departments[kind.department].name.in_(turn.words.language)
    facts = {
        "number": "–",
        "requester": turn.actor.name,
        "agent": department,
        "department": department,
        "request_type": kind.label.in_(turn.words.language),
        "link": "–",
    }
    text = looks.cut(template.filled(turn.words.language, facts), _MOST_OF_AN_ANSWER)
    return turn.words.mark("*{label}*: {text}", label=template.label.in_(turn.words.language), text=text)


def _telling(text: str) -> set[str]:
    """The words and stems of a text that are long enough to say something."""
    return {form for form in _forms(search_terms(text, most=60)) if len(form) >= _SHORTEST}


def _forms(terms: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return (form for term in terms for form in term)
