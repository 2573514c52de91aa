"""Reasons in the reader's language: rule by rule, why a reminder goes or does not."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.catalogue import Label
from bot.kit.markup import Mrkdwn, escape, join
from bot.kit.words import N_, Phrase, Words
from handlers.reminders.blocks.overview import AUDIENCES
from handlers.reminders.model.decision import Decision
from handlers.reminders.model.rules import Rule

VERDICTS = {
    "send": N_("It goes with the next message."),
    "hold": N_("It waits."),
    "none": N_("There is nothing to send."),
}
MOST = 5


def told(phrase: Phrase, words: Words) -> str:
    """A reason as plain text; names of the catalogue in the reader's language too."""
    return words.say(
        phrase.sentence, **{name: _fact(fact, words) for name, fact in phrase.facts.items()}
    )


class Reason(NamedTuple):
    """A decision about an invoice; ``audience`` where it is about another's message than the
    reader's.
    """

    number: str
    decision: Decision
    audience: str | None = None


def blocks(reasons: Sequence[Reason], words: Words) -> list[Block]:
    """Invoices by number, each with its rules."""
    return [block_kit.section(_explained(reason, words)) for reason in reasons[:MOST]]


def _explained(reason: Reason, words: Words) -> Mrkdwn:
    decision = reason.decision
    verdict = words.say(VERDICTS[decision.verdict])
    whose = words.say(AUDIENCES[reason.audience]) if reason.audience else ""
    head = words.mark("*{number}* · {verdict}", number=reason.number, verdict=verdict)
    if whose:
        head = join(" · ", [head, escape(whose)])
    return join("\n", [head, *(_rule(rule, words) for rule in decision.rules)])


def _rule(rule: Rule, words: Words) -> Mrkdwn:
    return Mrkdwn(("✅ " if rule.passed else "⛔ ") + escape(told(rule.because, words).strip()))


def _fact(fact: object, words: Words) -> object:
    if isinstance(fact, Label):
        return fact.in_(words.language)
    return told(fact, words) if isinstance(fact, Phrase) else words.fact(fact)
