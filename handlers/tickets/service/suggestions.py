"""Before a ticket is sent: open ones of the same person that resemble it, and canned answers that
may fit.
"""

from collections.abc import Set
from functools import lru_cache
from itertools import chain

from bot.kit import block_kit
from bot.kit.catalogue import RequestType, Template
from bot.kit.language.stems import search_terms
from bot.kit.markup import Mrkdwn
from handlers.tickets.blocks.form import Hint
from handlers.tickets.service import gate
from storage.tickets import search
from storage.turn import Turn

_MOST = 2
_SHORTEST = 4  # letters of a word that says something
_ASKING = (
    "please need needs want would like could should help have with this that from about "
    "what when where some your there problem question request morning "
    "hello thanks proszę potrzebuję potrzebny potrzebna chcę chciałbym chciałabym mogę "
    "możecie macie pomoc pomóc pomocy sprawa problem pytanie jest nowy nowa nowe działa "
    "działają dzień dobry mojej mojego dziękuję kérem kérek kell kellene szeretnék "
    "szükségem lenne segítség segítsen probléma kérdés működik ügyben nekem ezzel hogy "
    "miért mikor köszönöm napot"
)
"""Words in which anything is asked for: they say nothing of what it is."""
_MOST_OF_AN_ANSWER = 300


Term = frozenset[str]  # the forms of one word: as it is folded, and its stems


def hints(turn: Turn, kind: RequestType | None, text: str) -> list[Hint]:
    """What to show above the form, in the actor's language; nothing for nothing said."""
    said = _telling(text)
    if not said:
        return []
    return [*_similar(turn, said), *map(Hint, _answers(turn, kind, said))]


def _similar(turn: Turn, said: Set[Term]) -> list[Hint]:
    hints = []
    for ticket in search.resembling(turn, turn.actor.id, said, most=_MOST):
        sentence = turn.words.mark(
            "A similar open ticket of yours: *{number}* · {subject}",
            number=gate.number(turn, ticket),
            subject=ticket.subject,
        )
        hints.append(Hint(sentence, ticket.id))
    return hints


def _answers(turn: Turn, kind: RequestType | None, said: Set[Term]) -> list[Mrkdwn]:
    """Answers of whose name at least half is said; their texts greet and thank in words that
    everybody says.
    """
    kinds = [kind] if kind else turn.catalogue.request_types.values()
    answers = []
    for each in kinds:
        for template in each.templates:
            label = template.label.in_(turn.words.language)
            if template.self_service and _names(said, label):
                answers.append(_answer(turn, each, template))
    return answers[:_MOST]


def _names(said: Set[Term], label: str) -> bool:
    """Whether half of the label's words are said, in whichever form."""
    wanted, spoken = _telling(label), frozenset(chain.from_iterable(said))
    unsaid = list(filter(spoken.isdisjoint, wanted))
    return bool(wanted) and 2 * len(unsaid) <= len(wanted)


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
    text = block_kit.cut(template.filled(turn.words.language, facts), _MOST_OF_AN_ANSWER)
    return turn.words.mark(
        "*{label}*: {text}", label=template.label.in_(turn.words.language), text=text
    )


@lru_cache(maxsize=1000)
def _telling(text: str) -> Set[Term]:
    """The words of a text that are long enough to say something; two forms of one word are one."""
    return frozenset(filter(None, map(_saying, search_terms(text, most=60))))


@lru_cache(maxsize=10_000)
def _saying(term: tuple[str, ...]) -> Term:
    """The forms of a word that are long enough; none of a word in which anything is asked for."""
    long = frozenset(form for form in term if len(form) >= _SHORTEST)
    return long if long.isdisjoint(_asking()) else frozenset()


@lru_cache(maxsize=1)
def _asking() -> frozenset[str]:
    return frozenset(form for term in search_terms(_ASKING, most=200) for form in term)
