"""The forms of invoices: a payment, a promise, a dispute, a question, what is known of
a customer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.markup import Mrkdwn, escape, join, person
from bot.kit.money import Money
from bot.kit.words import Words
from handlers.invoices.blocks.sight import Sight

PAY_FORM = "invoices.pay_form"
PROMISE_FORM = "invoices.promise_form"
DISPUTE_FORM = "invoices.dispute_form"
ASK_FORM = "invoices.ask_form"
TAKE_BACK = "invoices.take_back"
POLICY_FORM = "invoices.policy_form"
WRITE_OFF_FORM = "invoices.write_off_form"
_MOST_STANDING = 40  # payments in one window


def pay_form(
    sight: Sight,
    words: Words,
    day: date,
    typed: Money | None = None,
    question: Sequence[Block] = (),
) -> View:
    """Finance books a payment by hand; the whole of what is open is proposed, also of a credit
    note.

    ``question`` is what the amount that was ``typed`` raises.
    """
    return block_kit.modal(
        words.say("Payment received")
        if sight.direction == "receivable"
        else words.say("Payment made"),
        [
            _about(sight),
            block_kit.field(
                words.say("Amount in {currency}", currency=sight.outstanding.currency),
                block_kit.number_input(
                    "amount", initial=typed.plain() if typed else _proposed(sight)
                ),
                name="amount",
            ),
            block_kit.field(
                words.say("Booked on"),
                block_kit.date_picker("booked_on", chosen=day.isoformat()),
                name="booked_on",
            ),
            *question,
        ],
        callback_id=PAY_FORM,
        submit=words.say("Book"),
        close=words.say("Cancel"),
        metadata={"invoice": sight.id, "currency": sight.outstanding.currency},
    )


def _proposed(sight: Sight) -> str | None:
    left = sight.outstanding
    if left.minor * sight.total.minor <= 0:
        return None
    return Money(abs(left.minor), left.currency).plain()


def promise_form(sight: Sight, words: Words) -> View:
    """A day by which the customer promises to pay."""
    return block_kit.modal(
        words.say("Promise to pay"),
        [
            _about(sight),
            block_kit.field(
                words.say("Promised until"),
                block_kit.date_picker("until"),
                name="until",
                hint=words.say("No reminder goes out before that day; a broken promise is noted."),
            ),
        ],
        callback_id=PROMISE_FORM,
        submit=words.say("Save"),
        close=words.say("Cancel"),
        metadata={"invoice": sight.id},
    )


def dispute_form(sight: Sight, words: Words) -> View:
    """Why the customer does not agree; where there is a dispute already, an empty
    reason ends it.
    """
    hint = words.say("No reminder goes out while there is a dispute.")
    if sight.disputed:
        hint = words.say("No reminder goes out while there is a dispute. Empty ends it.")
    return block_kit.modal(
        words.say("Dispute"),
        [
            _about(sight),
            block_kit.field(
                words.say("What is disputed?"),
                block_kit.edit_input("why", sight.disputed or "", multiline=True, most=1000),
                name="why",
                optional=bool(sight.disputed),
                hint=hint,
            ),
        ],
        callback_id=DISPUTE_FORM,
        submit=words.say("Save"),
        close=words.say("Cancel"),
        metadata={"invoice": sight.id},
    )


def write_off_form(sight: Sight, words: Words, day: date, changed: str = "") -> View:
    """From which day nobody expects the money any more, and why. ``changed`` says that it is
    another amount than before.
    """
    return block_kit.modal(
        words.say("Write off"),
        [
            *([block_kit.context(changed)] if changed else []),
            _about(sight),
            block_kit.section(
                words.mark(
                    "{amount} is open. Nobody is reminded of it any more, and it counts no longer "
                    "as open from that day on.",
                    amount=words.money(sight.outstanding),
                )
            ),
            block_kit.field(
                words.say("Written off on"),
                block_kit.date_picker("on_day", chosen=day.isoformat()),
                name="on_day",
            ),
            block_kit.field(
                words.say("Note"),
                block_kit.text_input("note", multiline=True, most=300),
                name="note",
            ),
        ],
        callback_id=WRITE_OFF_FORM,
        submit=words.say("Write off"),
        close=words.say("Cancel"),
        metadata={
            "invoice": sight.id,
            "open": sight.outstanding.minor,
            "currency": sight.outstanding.currency,
        },
    )


def policy_form(sight: Sight, words: Words) -> View:
    """By which policy an invoice is reminded of; none chosen leaves it to its customer's."""
    offered = block_kit.options(sight.policies)
    policy = sight.policy if sight.policy in dict(sight.policies) else None
    return block_kit.modal(
        words.say("Reminder policy"),
        [
            _about(sight),
            block_kit.field(
                words.say("Reminders by"),
                block_kit.select("policy", offered, chosen=policy),
                name="policy",
                optional=True,
                hint=words.say("Empty: as for the customer."),
            ),
        ],
        callback_id=POLICY_FORM,
        submit=words.say("Save"),
        close=words.say("Cancel"),
        metadata={"invoice": sight.id},
    )


def question_form(sight: Sight, words: Words) -> View:
    """What somebody wants to know of the back office about an invoice."""
    element = block_kit.text_input("question", multiline=True, most=2000)
    return block_kit.modal(
        words.say("Ask the back office"),
        [
            _about(sight),
            block_kit.field(words.say("What do you want to know?"), element, name="question"),
        ],
        callback_id=ASK_FORM,
        submit=words.say("Ask"),
        close=words.say("Cancel"),
        metadata={"invoice": sight.id},
    )


@dataclass(frozen=True)
class Standing:
    """A payment on an invoice: entered by ``person`` (a user id), told by ``system``, or from a
    statement.
    """

    id: int
    booked_on: date
    amount: Money
    person: str = ""
    system: str = ""


def payments_view(sight: Sight, booked: Sequence[Standing], words: Words) -> View:
    """What stands on an invoice and who told it, each with a button that takes it back."""
    rows = [_standing(item, words) for item in booked[:_MOST_STANDING]]
    nothing = [block_kit.section(words.mark("Nothing is booked on this invoice."))]
    return block_kit.modal(
        words.say("Payments"),
        [_about(sight), *(rows or nothing)],
        callback_id="invoices.payments_view",
        close=words.say("Close"),
        metadata={"invoice": sight.id},
    )


def _standing(standing: Standing, words: Words) -> Block:
    day, amount = escape(words.date(standing.booked_on)), escape(words.money(standing.amount))
    text = join("\n", [Mrkdwn(f"{day} · *{amount}*"), _told_by(standing, words)])
    value = str(standing.id)
    take_back = block_kit.button(
        words.say("Take back"), f"{TAKE_BACK}:{value}", value, style="danger"
    )
    return block_kit.section(text, take_back)


def _told_by(standing: Standing, words: Words) -> Mrkdwn:
    if standing.person:
        return words.mark("entered by {person}", person=person(standing.person))
    if standing.system:
        return words.mark("told by {system}", system=standing.system)
    return words.mark("from a bank statement")


def _about(sight: Sight) -> Block:
    return block_kit.section(Mrkdwn(f"*{escape(sight.number)}* · {escape(sight.customer)}"))
