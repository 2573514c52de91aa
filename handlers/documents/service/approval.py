"""Approvals of documents: which wait for one, what is shown of them, and what follows
the decision.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.kit import block_kit
from bot.kit.markup import Mrkdwn, join, person
from bot.kit.words import N_, Words
from handlers.approvals.model import subjects
from handlers.approvals.model.quorum import Outcome
from handlers.approvals.model.subjects import Look, Subject
from handlers.approvals.service import chain, chain_state
from handlers.documents import kinds
from handlers.documents.kinds.parts.books import Values
from handlers.documents.kinds.parts.debts import PrintedItem
from handlers.documents.kinds.parts.figures import sums
from handlers.documents.model.asked import asked_of
from handlers.documents.service.labels import label_of
from handlers.documents.service.rounds import progress
from handlers.ledger.model.instalments import numbered
from handlers.people.service import roles
from storage.approvals import votes_of
from storage.documents import register
from storage.documents.register import Document
from storage.invoices import customers
from storage.people import people
from storage.turn import Turn

MOST_LINES = 15


def go_on(turn: Turn, document: Document) -> None:
    """It is printed; or first those are asked whose approval its kind wants."""
    kind = turn.catalogue.document_kinds.get(document.kind)
    if kind is None or not kind.approval:
        turn.task("documents.render", str(document.id), document=document.id)
        return
    chain.ask(
        turn,
        _key(document),
        kind.approval,
        department=kind.department,
        requester=document.requester,
    )


def waits_for(turn: Turn, document: Document) -> list[str]:
    """Who has still to approve it, by name."""
    return chain_state.waiting_people(turn, _key(document))


def approvers(turn: Turn, document: Document) -> str:
    """Who approved it, by name; '' where nobody had to."""
    chain = chain_state.latest(turn, _key(document))
    if chain is None:
        return ""
    ids = [vote.person for vote in votes_of(turn, chain) if vote.verdict == "approved"]
    existing = people.persons(turn, ids)
    return ", ".join(existing[id_].name for id_ in ids if id_ in existing)


def _key(document: Document) -> str:
    return f"document:{document.id}"


def _document(turn: Turn, key: str) -> Document:
    return register.get(turn, int(key.partition(":")[2]))


def _as_requester(turn: Turn, document: Document) -> Turn:
    """Whoever approves sees what whoever asked sees."""
    requester = people.person(turn, document.requester)
    return replace(turn, actor=requester) if requester else turn


def _title(turn: Turn, document: Document, words: Words) -> Mrkdwn:
    customer = _subject(turn, document)
    label = label_of(turn, document.kind, words)
    return words.mark(
        "*{kind}* {number} · {customer}", kind=label, number=document.number, customer=customer
    )


def _subject(turn: Turn, document: Document) -> str:
    if document.customer:
        return customers.get(turn, document.customer).name
    person = people.person(turn, (document.about or "").removeprefix("person:"))
    return person.name if person else "–"


def _look(turn: Turn, key: str, words: Words) -> Look:
    document = _document(turn, key)
    asking = _as_requester(turn, document)
    text = words.mark("requested by {requester}", requester=asking.actor.name)
    facts = [words.mark("As of {day}", day=words.date(document.as_of))]
    values = _values(asking, document)
    if pay_by := values.get("pay_by"):
        facts.append(words.mark("to be paid by {day}", day=words.fact(pay_by)))
    if signatory := values.get("signatory"):
        facts.append(words.mark("signed by {name}", name=signatory))
    items = values.get("items")
    lines = _lines(items, words) if isinstance(items, tuple) else []
    facts += _sides(values, words)
    facts += _remarks(values, words)
    about = [
        block_kit.context(text, join(" · ", facts)),
        *([block_kit.section(join("\n", lines))] if lines else []),
    ]
    return Look(_title(turn, document, words), about)


def _sides(values: Values, words: Words) -> list[Mrkdwn]:
    """Who owes whom: what they owe us, and what they have in credit with us."""
    lines = (
        ("items", N_("they owe us {amount}")),
        ("credits", N_("they have a credit of {amount}")),
        ("payables", N_("we owe them {amount}")),
    )
    facts = []
    for key, sentence in lines:
        items = values.get(key)
        if isinstance(items, tuple) and items:
            amount = sums((abs(item.outstanding) for item in items), words)
            facts.append(words.mark(sentence, amount=amount))
    return facts


def _remarks(values: Values, words: Words) -> list[Mrkdwn]:
    """What an approver should know, such as why no sum is named."""
    remarks = values.get("remarks")
    existing = remarks if isinstance(remarks, tuple) else ()
    return [words.mark("⚠️ {remark}", remark=words.problem(remark)) for remark in existing]


def _values(turn: Turn, document: Document) -> Values:
    return dict(kinds.kind(document.kind).source(turn, asked_of(document)))


def _lines(items: Sequence[PrintedItem], words: Words) -> list[Mrkdwn]:
    lines = [
        words.mark(
            "• *{number}* · {amount} · due {due}",
            number=numbered(item.number, item.instalment, words),
            amount=words.money(item.outstanding),
            due=words.date(item.due_on) if item.due_on else "–",
        )
        for item in items[:MOST_LINES]
    ]
    if len(items) > MOST_LINES:
        more = len(items) - MOST_LINES
        lines.append(words.mark_count("… and {n} more item", "… and {n} more items", more))
    return lines


def _decided(turn: Turn, key: str, outcome: Outcome, comment: str) -> None:
    document = _document(turn, key)
    if outcome == "approved":
        turn.record("document.approved", key)
        _as_requester(turn, document).task(
            "documents.render", str(document.id), document=document.id
        )
        return
    register.set_refused(turn, document.id)
    progress.follow(turn, document)
    turn.record("document.refused", key, outcome=outcome)
    words = roles.words_for(turn, document.requester)
    facts = {
        "title": _title(turn, document, words),
        "who": person(turn.actor.id),
        "comment": comment or "–",
    }
    text = words.mark("{title} was not approved by {who}: {comment}", **facts)
    if outcome == "changes":
        text = words.mark(
            "{title}: {who} asks for changes: {comment} Please ask for it anew.", **facts
        )
    turn.tell(document.requester, text, once=f"document-refused:{document.id}", subject=key)


def _untouched(turn: Turn, key: str, people: Sequence[str]) -> None:
    """Nobody else is shown who has spoken."""


def _askers(turn: Turn, key: str) -> frozenset[str]:
    """Nobody beside whoever asked for it."""
    return frozenset()


def _hold(turn: Turn, key: str) -> None:
    register.hold(turn, int(key.partition(":")[2]))


subjects.register(
    "document",
    Subject(hold=_hold, askers=_askers, look=_look, moved=_untouched, decided=_decided),
)
