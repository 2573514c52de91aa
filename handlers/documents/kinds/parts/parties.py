"""Parties: whose paper it is and whom it is for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.kit import catalogue
from bot.kit.language.tax_numbers import tax_number
from bot.kit.pdf import Letterhead, Panel
from bot.kit.words import N_, Phrase, Words
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.fields import Gap as Missing
from handlers.documents.kinds.parts.figures import account_number
from handlers.ledger.model.party_identity import home_of


@dataclass(frozen=True, kw_only=True)
class Party:
    """A business or a person that a document speaks of."""

    name: Annotated[str, Field(N_("Name"))]
    address: Annotated[tuple[str, ...], Field(N_("Address"), some=True)]
    tax_id: Annotated[str, Field(N_("Tax number"))]
    country: Annotated[str, Field(N_("Country"), needed=False)] = ""
    registrations: Annotated[tuple[str, ...], Field(N_("Registration numbers"), needed=False)] = ()
    """With their names: ``KRS 0000123456``."""
    email: Annotated[str, Field(N_("E-mail"), needed=False)] = ""
    phone: Annotated[str, Field(N_("Phone"), needed=False)] = ""
    debtor: Annotated[str, Field(N_("Kind of customer"), needed=False)] = "business"
    """As the law of late payment parts them."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """A bank account for payments in one currency."""

    currency: Annotated[str, Field(N_("Currency"))]
    number: Annotated[str, Field(N_("Account number"))]
    bank: Annotated[str, Field(N_("Bank"), needed=False)] = ""


@dataclass(frozen=True, kw_only=True)
class Company(Party):
    """We, as documents show us."""

    accounts: Annotated[tuple[Account, ...], Field(N_("Bank accounts"), needed=False)] = ()
    place: Annotated[str, Field(N_("Place of issue"), needed=False)] = ""
    logo: Annotated[bytes, Field(N_("Logo"), needed=False)] = field(default=b"", repr=False)
    """Not what a paper says: another logo makes no other paper of it."""


def number_missing(values: Mapping[str, object]) -> Iterator[Missing]:
    """A customer needs a tax number unless they are a consumer."""
    party = values.get("debtor")
    if isinstance(party, Party) and party.debtor != "consumer" and not party.tax_id.strip():
        name = Phrase(N_("{field} ({of})"), field=Phrase("Tax number"), of=Phrase("Customer"))
        yield Missing("debtor.tax_id", name)


def company_of(company: catalogue.Company, tax_id: str = "") -> Company:
    """The company as the catalogue describes it, under its first tax number unless told."""
    return Company(
        name=company.name,
        address=company.address,
        tax_id=tax_id or next(iter(company.tax_numbers), ""),
        country=company.country,
        registrations=tuple(f"{name} {number}" for name, number in company.registrations.items()),
        email=company.email,
        phone=company.phone,
        accounts=tuple(
            Account(currency=currency, number=number)
            for currency, numbers in company.accounts.items()
            for number in numbers
        ),
        place=company.place,
        logo=company.logo,
    )


def letterhead(company: Company, words: Words, to: Party | None = None) -> Letterhead:
    """Our head of a letter; ``to`` whom it goes, where that is not one of ours."""
    numbers = (numbered(company, to or company, words), *company.registrations)
    reached = tuple(filter(None, (company.email, company.phone)))
    return Letterhead(
        company.name,
        (", ".join(company.address), " · ".join(filter(None, numbers)), " · ".join(reached)),
        company.logo,
    )


def panel(caption: str, party: Party, words: Words, beside: Party) -> Panel:
    """A party under a caption; ``beside`` is the other side of the paper."""
    number = numbered(party, beside, words)
    return Panel(caption, tuple(filter(None, (party.name, *party.address, number))))


def numbered(party: Party, beside: Party, words: Words) -> str:
    """A party's tax number with its name, beside the other party's; '' for none."""
    if not party.tax_id:
        return ""
    here, there = _home(party, beside), _home(beside, party)
    return tax_number(party.tax_id, here, there, words)


def _home(party: Party, beside: Party) -> str:
    """The country of a party's number, also where the books name none but the other side's fits."""
    near = party.country or beside.country
    return home_of(party.tax_id, near) or party.country


def account_rows(
    accounts: tuple[Account, ...], currencies: tuple[str, ...], words: Words
) -> tuple[tuple[str, str], ...]:
    """A line for each of our accounts in these currencies; the currency is named when there are
    several.
    """
    shown = [account for account in accounts if account.currency in currencies]
    label = N_("Account for {currency}") if len(currencies) > 1 else N_("Account number")
    return tuple(
        (
            words.say(label, currency=a.currency),
            ", ".join(filter(None, (account_number(a.number), a.bank))),
        )
        for a in shown
    )
