"""Customers by a list with headings in three languages; every wrong line is named, the rest is
taken.
"""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.tables import lists
from bot.kit.tables.lists import Outcome, Record, Taken
from bot.kit.tables.vocabulary import Vocabulary
from bot.kit.words import LANGUAGES, N_
from handlers.ledger.model.debtor_kinds import read_debtor
from handlers.ledger.model.interest import Debtor
from handlers.ledger.model.party_identity import Sought, fold_tax, home_of, known
from storage.invoices import customers
from storage.people import people
from storage.turn import Turn

CUSTOMERS = Vocabulary(
    kind="customers",
    words={
        "name": """
            name|customer|company|customer name
            nazwa|klient|kontrahent|nazwa klienta
            név|ügyfél|ügyfél neve|vevő""",
        "tax_id": "tax id|tax number|vat|vat number|vat id|nip|numer nip|adószám",
        "country": "country|country code|kraj|ország",
        "language": "language|język|nyelv",
        "timezone": "timezone|time zone|strefa|strefa czasowa|időzóna",
        "owner": """
            owner|account owner|salesperson
            opiekun|handlowiec
            felelős|ügyfélfelelős|értékesítő""",
        "channel": "channel|slack channel|kanał|csatorna",
        "accounts": """
            account|accounts|bank account|iban
            rachunek|konto|numer konta
            bankszámla|bankszámlaszám""",
        "aliases": """
            aliases|alias|other names|inne nazwy|aliasy|egyéb nevek|becenevek""",
        "address": "address|adres|cím",
        "email": "email|e mail|mail",
        "policy": (
            "policy|reminder policy|reminders|zasady|zasady przypomnien|przypomnienia|szabaly|"
            "emlekezteto szabaly|emlekeztetok"
        ),
        "debtor": """
            kind|kind of customer|customer kind
            rodzaj|rodzaj klienta|typ klienta
            típus|ügyféltípus|ügyfél típusa""",
    },
    needed=(("name",),),
)
"""The headings of a list of customers."""
LONGEST = 500
_LONGEST = {"tax_id": 32, "channel": 255}


class TooLong(Problem):
    sentence = N_("“{field}” may have at most {most} characters.")


class NameMissing(Problem):
    sentence = N_("The customer has no name.")


class LanguageUnknown(Problem):
    sentence = N_("There is no language “{text}” here. Use en, pl or hu.")


class ZoneUnknown(Problem):
    sentence = N_("There is no time zone “{text}”. Write it as Europe/Warsaw.")


class OwnerUnknown(Problem):
    sentence = N_(
        "Nobody here is “{text}”. Name the owner by e-mail address, Slack id or full name."
    )


class PolicyUnknown(Problem):
    sentence = N_("There is no reminder policy “{text}”. The catalogue has: {known}.")


def take(turn: Turn, content: bytes, name: str = "customers") -> Outcome:
    """Add and change customers as the list says; what it has no column for stays as it is. Raises
    what :func:`bot.kit.tables.lists.take` raises.
    """

    def save(record: Record) -> Taken:
        row = record.texts()
        return _save(turn, _facts(turn, row), home_of(row.get("tax_id"), row.get("country")))

    done = lists.take(name, content, CUSTOMERS, save)
    if done.added or done.changed:
        turn.record("customers.imported", "customers:list", added=done.added, changed=done.changed)
    return done


def _facts(turn: Turn, row: Mapping[str, str]) -> dict[str, str]:
    facts = dict(row)
    if not facts.get("name"):
        raise NameMissing()
    country = facts.get("country", "").upper()[:2]
    if "country" in facts:
        facts["country"] = country
    if "tax_id" in facts:
        facts["tax_id"] = fold_tax(facts["tax_id"], country or None)
    for many in ("aliases", "accounts"):
        if many in facts:
            facts[many] = one_a_line(facts[many])
    return {**facts, **_checked(turn, facts)}


def _checked(turn: Turn, facts: Mapping[str, str]) -> dict[str, str]:
    checked = {}
    for field_, text in facts.items():
        if len(text) > (most := _LONGEST.get(field_, LONGEST)):
            raise TooLong(field=field_, most=most)
    if language := facts.get("language", "").lower():
        if language not in LANGUAGES:
            raise LanguageUnknown(text=language)
        checked["language"] = language
    if zone := facts.get("timezone"):
        _zone(zone)
    if owner := facts.get("owner"):
        result = people.find(turn, owner)
        if result is None or result.is_external:
            raise OwnerUnknown(text=owner)
        checked["owner"] = result.id
    if channel := facts.get("channel"):
        checked["channel"] = channel.removeprefix("#")
    return {**checked, **_named_by_words(turn, facts)}


def _named_by_words(turn: Turn, facts: Mapping[str, str]) -> dict[str, str]:
    """What a list names in anybody's words and we keep by its key."""
    keys: dict[str, str] = {}
    if kind := facts.get("debtor"):
        keys["debtor"] = read_debtor(kind)
    if policy := facts.get("policy"):
        keys["policy"] = policy_named(turn, policy)
    return keys


def policy_named(turn: Turn, text: str) -> str:
    """The key of a reminder policy by its key or its name in any language; raises
    :class:`PolicyUnknown`.
    """
    policies = turn.catalogue.reminder_policies
    for key, policy in policies.items():
        names = (key, *(policy.label.in_(language) for language in LANGUAGES))
        if fold(text) in map(fold, names):
            return key
    raise PolicyUnknown(text=text, known=tuple(policies))


def _zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ZoneUnknown(text=name) from unknown


def one_a_line(text: str) -> str:
    """Several in one cell, parted by semicolons, bars or lines."""
    parts: Iterable[str] = text.replace("|", "\n").replace(";", "\n").split("\n")
    return "\n".join(part.strip() for part in parts if part.strip())


def set_debtor(turn: Turn, customer: customers.Customer, debtor: Debtor) -> customers.Customer:
    """Keep what kind of debtor a customer is."""
    customers.change(turn, customer.id, debtor=debtor)
    turn.record("customer.changed", f"customer:{customer.id}", fields=["debtor"])
    return customers.get(turn, customer.id)


def _save(turn: Turn, facts: Mapping[str, str], home: str) -> Taken:
    """``home`` is the country that gave the tax number, whose letters the facts no longer have."""
    sought = Sought(facts.get("tax_id", ""), facts["name"], home)
    for customer_id in known(turn, [sought]).values():
        before = customers.get(turn, customer_id)
        if all(getattr(before, name) == fact for name, fact in facts.items()):
            return "unchanged"
        customers.change(turn, customer_id, **facts)
        return "changed"
    customers.enter(turn, {**facts, "country": facts.get("country") or home})
    return "added"
