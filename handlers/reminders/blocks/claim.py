"""What finance is asked to confirm: somebody says that it is paid, promises, or does not agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit import looks
from bot.kit.looks import Block
from bot.kit.markup import Mrkdwn, join, person
from bot.kit.money import Money
from bot.kit.words import N_, Words

CONFIRM = "reminders.confirm_claim"
REFUSE = "reminders.refuse_claim"

CLAIMS = {
    "paid": N_("{who} says that {customer} has paid."),
    "promise": N_("{who} promises for {customer} to pay by {day}."),
    "dispute": N_("{who} says that {customer} does not agree: {note}"),
}


@dataclass(frozen=True)
class Said:
    """A claim about invoices of a customer; ``origin`` is what its buttons carry."""

    origin: str
    kind: str
    who: str
    customer: str
    invoices: Sequence[tuple[str, Money]]
    until: date | None
    note: str
    settled_by: str | None = None
    is_confirmed: bool = False


def card(said: Said, words: Words) -> list[Block]:
    """The claim with two buttons, or how it was settled."""
    lines = [words.mark("• *{number}* · {amount}", number=n, amount=words.money(money)) for n, money in said.invoices]
    return [looks.section(_claim(said, words)), looks.section(join("\n", lines[:20])), _foot(said, words)]


def text_of(said: Said, words: Words) -> str:
    return words.say("Please confirm: {customer}", customer=said.customer)


def thread_note(said: Said, words: Words) -> Mrkdwn:
    """What stands under the letter once somebody answered it."""
    numbers = words.list([number for number, _ in said.invoices])
    return join(" ", [_claim(said, words), words.mark("({numbers})", numbers=numbers)])


def refusal(said: Said, words: Words) -> Mrkdwn:
    """What whoever claimed hears when finance does not confirm."""
    numbers = words.list([number for number, _ in said.invoices])
    return words.mark(
        "Finance did not confirm what you said about {customer} ({numbers}). The reminders go on.",
        customer=said.customer,
        numbers=numbers,
    )


def _claim(said: Said, words: Words) -> Mrkdwn:
    facts: dict[str, object] = {"who": person(said.who), "customer": said.customer}
    if said.kind == "promise" and said.until:
        facts["day"] = words.date(said.until)
    if said.kind == "dispute":
        facts["note"] = said.note
    return words.mark(CLAIMS[said.kind], **facts)


def _foot(said: Said, words: Words) -> Block:
    if said.settled_by is None:
        return looks.actions(
            looks.button(words.say("Confirm"), CONFIRM, said.origin, style="primary"),
            looks.button(words.say("Not so"), REFUSE, said.origin),
        )
    who = person(said.settled_by)
    if said.is_confirmed:
        return looks.context(words.mark("✅ {who} confirmed it.", who=who))
    return looks.context(words.mark("🚫 {who} did not confirm it.", who=who))
