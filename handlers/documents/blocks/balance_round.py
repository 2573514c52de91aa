"""Confirmations of a day's balances: who was asked, who has answered, and the form that asks
everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.markup import join
from bot.kit.words import Words
from handlers.documents.blocks.round_progress import MISSING

ASK = "documents.confirm_all"
FORM = "documents.confirm_all_form"
AGREES = "documents.balance_agrees"
DIFFERS = "documents.balance_differs"
MORE = "documents.balance_more"
MOST_SHOWN = 20


@dataclass(frozen=True)
class Shown:
    """A customer who was asked: ``answer`` is agrees, differs or nothing yet."""

    customer: str
    number: str
    answer: str


def listing(
    day: date, to_ask: int, shown: Sequence[Shown], words: Words, skip: int = 0, missing: int = 0
) -> list[Block]:
    """How far it is: who is still to be asked, and what came back; the unanswered first, a page
    of them. ``missing`` is the round whose gaps can be looked at, or 0.
    """
    answered = sum(1 for each in shown if each.answer)
    heading = words.mark("*Balances as of {day}*", day=words.date(day))
    facts = [
        words.mark_count("{n} customer with a balance", "{n} customers with a balance", to_ask),
        words.mark_count("{n} confirmation made", "{n} confirmations made", len(shown)),
        words.mark_count("{n} answer", "{n} answers", answered),
    ]
    buttons = [block_kit.button(words.say("Ask everybody…"), ASK, day.isoformat())]
    if missing:
        buttons.append(block_kit.button(words.say("What is missing"), MISSING, str(missing)))
    in_order = sorted(shown, key=lambda each: bool(each.answer))
    more = len(in_order) - skip - MOST_SHOWN
    return [
        block_kit.section(join("\n", [heading, join(" · ", facts)])),
        block_kit.actions(*buttons),
        *(block for each in in_order[skip : skip + MOST_SHOWN] for block in _row(each, words)),
        *_more(more, f"{day.isoformat()}|{skip + MOST_SHOWN}", words),
    ]


def _more(count: int, place: str, words: Words) -> list[Block]:
    if count <= 0:
        return []
    return [
        block_kit.context(words.mark("… and {n} more", n=count)),
        block_kit.actions(block_kit.button(words.say("More"), MORE, place)),
    ]


def _row(shown: Shown, words: Words) -> list[Block]:
    said = {"agrees": words.say("agrees"), "differs": words.say("differs")}
    answer = said.get(shown.answer, words.say("no answer yet"))
    text = words.mark(
        "*{customer}* · {number} · {answer}",
        customer=shown.customer,
        number=shown.number,
        answer=answer,
    )
    if shown.answer:
        return [block_kit.section(text)]
    return [
        block_kit.section(text),
        block_kit.actions(
            block_kit.button(words.say("It agrees"), f"{AGREES}:{shown.number}", shown.number),
            block_kit.button(words.say("It differs"), f"{DIFFERS}:{shown.number}", shown.number),
        ),
    ]


def form(day: date, signatory: str, reply_by: date, to_ask: int, words: Words) -> View:
    about = words.mark_count(
        "{n} customer with a balance as of {day} is asked.",
        "{n} customers with a balance as of {day} are asked.",
        to_ask,
        day=words.date(day),
    )
    signs = block_kit.text_input("signatory", initial=signatory, most=200)
    reply = block_kit.date_picker("reply_by", chosen=reply_by.isoformat())
    return block_kit.modal(
        words.say("Balance confirmations"),
        [
            block_kit.context(about),
            block_kit.field(words.say("Who signs"), signs, name="signatory"),
            block_kit.field(words.say("Reply by"), reply, name="reply_by"),
        ],
        callback_id=FORM,
        submit=words.say("Ask for it"),
        close=words.say("Cancel"),
        metadata={"day": day.isoformat()},
    )
