"""The forms behind a message's buttons: paid, promise, dispute, escalate. Values in,
Block Kit out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.money import Money
from bot.kit.words import Words

PAY_FORM = "reminders.pay_form"
PROMISE_FORM = "reminders.promise_form"
DISPUTE_FORM = "reminders.dispute_form"
ESCALATE_FORM = "reminders.escalate_form"
ALL = "all"


@dataclass(frozen=True)
class Choice:
    """The invoices of a message that an answer may be about; ``metadata`` comes back
    with the form.
    """

    customer: str
    invoices: Sequence[tuple[int, str, Money]]
    metadata: Mapping[str, object]

    @property
    def digest(self) -> str:
        """Another one where the form reads otherwise."""
        return block_kit.digest(*self.invoices)


def pay(
    choice: Choice,
    words: Words,
    day: date,
    typed: Money | None = None,
    question: Sequence[Block] = (),
) -> View:
    """Finance books what came in; who looks after the customer tells finance.

    ``question`` is what the amount that was ``typed`` raises, or what has changed meanwhile.
    """
    item = len(choice.invoices) == 1
    amount = block_kit.number_input(
        "amount", initial=(typed or choice.invoices[0][2]).plain() if item else None
    )
    blocks = [
        *_which(choice, words),
        *([block_kit.field(words.say("Amount"), amount, name="amount")] if item else []),
        block_kit.field(
            words.say("Paid on"),
            block_kit.date_picker("paid_on", chosen=day.isoformat()),
            name="paid_on",
        ),
        *question,
    ]
    return _form(words.say("It is paid"), PAY_FORM, blocks, choice, words)


def promise(choice: Choice, words: Words) -> View:
    """A day by which somebody promises to pay."""
    until = block_kit.field(
        words.say("Will be paid by"),
        block_kit.date_picker("until"),
        name="until",
        hint=words.say("No reminder goes out until then."),
    )
    return _form(
        words.say("Promise to pay"), PROMISE_FORM, [*_which(choice, words), until], choice, words
    )


def dispute(choice: Choice, words: Words) -> View:
    """What is not agreed."""
    why = block_kit.field(
        words.say("What is wrong?"),
        block_kit.text_input("why", multiline=True, most=1000),
        name="why",
    )
    return _form(
        words.say("Not agreed"), DISPUTE_FORM, [*_which(choice, words), why], choice, words
    )


def escalate(choice: Choice, words: Words) -> View:
    """A ticket to finance about this customer."""
    note = block_kit.field(
        words.say("What should happen?"),
        block_kit.text_input("note", multiline=True, most=1000),
        name="note",
    )
    return _form(words.say("Escalate"), ESCALATE_FORM, [note], choice, words)


def _form(
    title: str, callback_id: str, blocks: Sequence[Block], choice: Choice, words: Words
) -> View:
    return block_kit.modal(
        title,
        [block_kit.section(words.mark("*{customer}*", customer=choice.customer)), *blocks],
        callback_id=callback_id,
        submit=words.say("Save"),
        close=words.say("Cancel"),
        metadata={**choice.metadata, "read": choice.digest},
    )


def _which(choice: Choice, words: Words) -> list[Block]:
    """One invoice is named; among several one chooses."""
    if len(choice.invoices) == 1:
        _, number, amount = choice.invoices[0]
        return [
            block_kit.section(
                words.mark("*{number}* · {amount}", number=number, amount=words.money(amount))
            )
        ]
    everything = block_kit.option(
        words.count("All {n} invoices", "All {n} invoices", len(choice.invoices)), ALL
    )
    each = [
        block_kit.option(f"{number} · {words.money(amount)}", str(id_))
        for id_, number, amount in choice.invoices[:99]
    ]
    menu = block_kit.select("which", [everything, *each], chosen=ALL)
    return [block_kit.field(words.say("Which invoices"), menu, name="which")]
