"""Findings as the ledger keeps them: a sentence and its facts, to be said in each reader's own
language.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.kit.money import Money
from bot.kit.words import Phrase, Words
from handlers.invoices.formats.document import Finding

Kept = Mapping[str, Any]


def kept(finding: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    facts = {name: _kept(fact) for name, fact in finding.facts.items()}
    rule = finding.rule
    return {"rule": rule.id, "severity": rule.severity, "sentence": rule.sentence, "facts": facts}


def spoken(finding: Kept, words: Words) -> str:
    """What was found, as this reader says it."""
    facts = {name: words.fact(_fact(fact)) for name, fact in finding["facts"].items()}
    return words.say(finding["sentence"], **facts)


def message(finding: Kept) -> str:
    """The English sentence, amounts and days as machines write them."""
    plain = {name: _plain(_fact(fact)) for name, fact in finding["facts"].items()}
    return str(finding["sentence"]).format(**plain)


def _plain(fact: object) -> object:
    if isinstance(fact, Money):
        return f"{fact.plain()} {fact.currency}"
    return fact


def _kept(fact: object) -> object:
    match fact:
        case Money():
            return {"minor": fact.minor, "currency": fact.currency}
        case date():
            return {"day": fact.isoformat()}
        case Phrase():
            return {
                "sentence": fact.sentence,
                "facts": {name: _kept(item) for name, item in fact.facts.items()},
            }
        case _:
            return str(fact)


def _fact(kept_: Any) -> object:
    match kept_:
        case {"minor": minor, "currency": currency}:
            return Money(minor, currency)
        case {"day": day}:
            return date.fromisoformat(day)
        case {"sentence": sentence, "facts": facts}:
            return Phrase(sentence, **{name: _fact(item) for name, item in facts.items()})
        case _:
            return kept_
