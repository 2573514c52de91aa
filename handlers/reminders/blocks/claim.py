"""What finance is asked to confirm: somebody says that it is paid, promises, or does not agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.markup import Mrkdwn, join, person
from bot.kit.money import Money
from bot.kit.words import N_, Words

CONFIRM = "reminders.confirm_claim"
REFUSE = "reminders.refuse_claim"

CLAIMS = {
    "paid": N_("{who} says that {customer} has paid, on {day}."),
    "promise": N_("{who} promises for {customer} to pay by {day}."),
    "dispute": N_("{who} says that {customer} does not agree: {note}"),
}


@dataclass(frozen=True)
class Said:
    """A claim about invoices of a customer: number, the amount that is meant, and what was open of
    it.

    ``day`` is when it was paid, or will be; ``origin`` is what its buttons carry.
    """

    origin: str
    kind: str
    who: str
    customer: str
    invoices: Sequence[tuple[str, Money, Money]]
    day: date | None
    note: str
    settled_by: str | None = None
    is_confirmed: bool = False


def card(said: Said, words: Words) -> list[Block]:
    """The claim with two buttons, or how it was settled."""
    lines = [_line(number, amount, whole, words) for number, amount, whole in said.invoices]
    return [
        block_kit.section(_claim(said, words)),
        block_kit.section(join("\n", lines[:20])),
        _foot(said, words),
    ]


def text_of(said: Said, words: Words) -> str:
    return words.say("Please confirm: {customer}", customer=said.customer)


def thread_note(said: Said, words: Words) -> Mrkdwn:
    """What stands under the message once somebody answered it."""
    about = [_about(said, number, amount, words) for number, amount, _ in said.invoices]
    return join(" ", [_claim(said, words), words.mark("({numbers})", numbers=words.list(about))])


def refusal(said: Said, words: Words) -> Mrkdwn:
    """What whoever claimed hears when finance does not confirm."""
    numbers = words.list([number for number, _, _ in said.invoices])
    return words.mark(
        "Finance did not confirm what you said about {customer} ({numbers}). The reminders go on.",
        customer=said.customer,
        numbers=numbers,
    )


def _line(number: str, amount: Money, whole: Money, words: Words) -> Mrkdwn:
    if amount == whole:
        return words.mark("• *{number}* · {amount}", number=number, amount=words.money(amount))
    return words.mark(
        "• *{number}* · {amount} of {whole}",
        number=number,
        amount=words.money(amount),
        whole=words.money(whole),
    )


def _about(said: Said, number: str, amount: Money, words: Words) -> str:
    return f"{number}: {words.money(amount)}" if said.kind == "paid" else number


def _claim(said: Said, words: Words) -> Mrkdwn:
    facts: dict[str, object] = {"who": person(said.who), "customer": said.customer}
    if said.day:
        facts["day"] = words.date(said.day)
    if said.kind == "dispute":
        facts["note"] = said.note
    return words.mark(CLAIMS[said.kind], **facts)


def _foot(said: Said, words: Words) -> Block:
    if said.settled_by is None:
        return block_kit.actions(
            block_kit.button(words.say("Confirm"), CONFIRM, said.origin, style="primary"),
            block_kit.button(words.say("Not so"), REFUSE, said.origin),
        )
    who = person(said.settled_by)
    if said.is_confirmed:
        return block_kit.context(words.mark("✅ {who} confirmed it.", who=who))
    return block_kit.context(words.mark("🚫 {who} did not confirm it.", who=who))
