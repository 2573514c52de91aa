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


def card(claim: Said, words: Words) -> list[Block]:
    """The claim with two buttons, or how it was settled."""
    lines = [_line(number, amount, whole, words) for number, amount, whole in claim.invoices]
    return [
        block_kit.section(_claim(claim, words)),
        block_kit.section(join("\n", lines[:20])),
        _foot(claim, words),
    ]


def text_of(claim: Said, words: Words) -> str:
    return words.say("Please confirm: {customer}", customer=claim.customer)


def thread_note(claim: Said, words: Words) -> Mrkdwn:
    """What stands under the message once somebody answered it."""
    about = [_about(claim, number, amount, words) for number, amount, _ in claim.invoices]
    return join(" ", [_claim(claim, words), words.mark("({numbers})", numbers=words.list(about))])


def refusal(claim: Said, words: Words) -> Mrkdwn:
    """What whoever claimed hears when finance does not confirm."""
    numbers = words.list([number for number, _, _ in claim.invoices])
    return words.mark(
        "Finance did not confirm what you said about {customer} ({numbers}). The reminders go on.",
        customer=claim.customer,
        numbers=numbers,
    )


def confirmation(claim: Said, words: Words) -> Mrkdwn:
    """What they hear when finance does."""
    about = [_about(claim, number, amount, words) for number, amount, _ in claim.invoices]
    return words.mark(
        "✅ Finance confirmed what you said about {customer} ({numbers}).",
        customer=claim.customer,
        numbers=words.list(about),
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


def _about(claim: Said, number: str, amount: Money, words: Words) -> str:
    return f"{number}: {words.money(amount)}" if claim.kind == "paid" else number


def _claim(claim: Said, words: Words) -> Mrkdwn:
    facts: dict[str, object] = {"who": person(claim.who), "customer": claim.customer}
    if claim.day:
        facts["day"] = words.date(claim.day)
    if claim.kind == "dispute":
        facts["note"] = claim.note
    return words.mark(CLAIMS[claim.kind], **facts)


def _foot(claim: Said, words: Words) -> Block:
    if claim.settled_by is None:
        return block_kit.actions(
            block_kit.button(words.say("Confirm"), CONFIRM, claim.origin, style="primary"),
            block_kit.button(words.say("Do not confirm"), REFUSE, claim.origin),
        )
    who = person(claim.settled_by)
    if claim.is_confirmed:
        return block_kit.context(words.mark("✅ {who} confirmed it.", who=who))
    return block_kit.context(words.mark("🚫 {who} did not confirm it.", who=who))
