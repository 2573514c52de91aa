"""Balance confirmation: our books on a day, and a slip on which the other side agrees or says what
differs.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.kit.money import Money, totals
from bot.kit.pdf import (
    Blank,
    Block,
    Cut,
    Heading,
    Panel,
    Panels,
    Sheet,
    Signatures,
    Text,
    Tick,
    Together,
    strong,
)
from bot.kit.words import N_, Words
from handlers.documents.kinds import Kind
from handlers.documents.kinds.parts.books import (
    Values,
    creditor,
    debtor,
    given_day,
    open_of,
    printed_items,
    signed_by,
)
from handlers.documents.kinds.parts.contradictions import term_before
from handlers.documents.kinds.parts.debts import PrintedItem
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import long_day, sums
from handlers.documents.kinds.parts.letters import closing, dated, debts
from handlers.documents.kinds.parts.parties import (
    Company,
    Party,
    letterhead,
    number_missing,
    numbered,
    panel,
)
from handlers.documents.model.asked import Asked
from handlers.documents.model.names import PAPER, PARTICULAR, Names
from handlers.ledger.service.balances import company_day
from handlers.ledger.service.late_interest import claims
from storage.turn import Turn

_REQUEST = N_(
    "We ask you to confirm that the balance in our books as of {day} agrees with yours: {balance}."
)
_REQUEST_IN = {
    "PL": N_(
        "Under art. 26 (1) (2) of the Polish Accounting Act of 29 September 1994 we ask you to "
        "confirm that the "
        "balance in our books as of {day} agrees with yours: {balance}."
    ),
}


@dataclass(frozen=True, kw_only=True)
class BalanceConfirmation:
    """The facts of a balance confirmation."""

    creditor: Annotated[Company, Field(N_("Creditor"), also=frozenset({"country"}))]
    debtor: Annotated[Party, Field(N_("Customer"), but=frozenset({"tax_id"}))]
    as_of: Annotated[date, Field(N_("As-of date"))]
    issued_on: Annotated[date, Field(N_("Date of the letter"))]
    items: Annotated[tuple[PrintedItem, ...], Field(N_("Open item"))]
    """May be empty: then a balance of nothing is confirmed."""
    interest: Annotated[
        tuple[Money, ...], Field(N_("Late interest until the as-of date"), needed=False)
    ] = ()
    """Where interest belongs to the balance, as it does in Poland."""
    reply_by: Annotated[date | None, Field(N_("Reply by"), needed=False)] = None
    signatory: Annotated[str, Field(N_("Who signs"))]
    signatory_role: Annotated[str, Field(N_("Position of who signs"), needed=False)] = ""


def sheet(facts: BalanceConfirmation, words: Words) -> Sheet:
    return Sheet(
        title=words.say("Balance confirmation"),
        subtitle=dated(facts.creditor, facts.issued_on, words),
        letterhead=letterhead(facts.creditor, words, facts.debtor),
        blocks=(
            Panels(
                (
                    panel(words.say("Customer"), facts.debtor, words, facts.creditor),
                    _balance_panel(facts, words),
                )
            ),
            Text(words.say("Dear Sir or Madam,")),
            Text(_request(facts, words)),
            *debts(facts.items, words),
            closing(facts.signatory, facts.signatory_role, words),
            _slip(facts, words),
        ),
    )


def balances(facts: BalanceConfirmation) -> tuple[Money, ...]:
    """What each currency comes to, interest included; nothing open is a zero in no currency."""
    owed = [item.outstanding for item in facts.items]
    by_currency = totals([*owed, *facts.interest])
    return tuple(sorted(by_currency, key=lambda balance: balance.currency))


def _sides(facts: BalanceConfirmation, words: Words) -> str:
    """The balance in words: so much in whose favour."""
    said = []
    for balance in balances(facts):
        side = N_("{amount} in your favour") if balance.minor < 0 else N_("{amount} in our favour")
        said.append(words.say(side, amount=words.money(-balance if balance.minor < 0 else balance)))
    return words.list(said) if said else words.say("nil")


def _balance_panel(facts: BalanceConfirmation, words: Words) -> Panel:
    lines = [_sides(facts, words), words.say("As of {day}", day=long_day(facts.as_of, words))]
    if facts.interest:
        lines.append(
            words.say("of which late interest: {amount}", amount=sums(facts.interest, words))
        )
    return Panel(words.say("Balance in our books"), tuple(lines))


def _request(facts: BalanceConfirmation, words: Words) -> str:
    request = _REQUEST_IN.get(facts.creditor.country, _REQUEST)
    text = words.say(
        request, day=long_day(facts.as_of, words), balance=strong(_sides(facts, words))
    )
    if not facts.reply_by:
        return f"{text} {words.say('Please return the signed slip below.')}"
    by = long_day(facts.reply_by, words)
    return f"{text} {words.say('Please return the signed slip below by {day}.', day=by)}"


def _slip(facts: BalanceConfirmation, words: Words) -> Block:
    day = long_day(facts.as_of, words)
    return Together(
        (
            Cut(
                words.say(
                    "To be completed by the customer and returned to {company}",
                    company=_where_to(facts),
                )
            ),
            Heading(words.say("Reply on the balance as of {day}", day=day)),
            Text(
                _named(facts, words),
                "small",
            ),
            Tick(
                words.say(
                    "The balance agrees with our books: {balance}", balance=_said_back(facts, words)
                )
            ),
            Tick(words.say("The balance does not agree with our books.")),
            Blank(words.say("Balance in our books")),
            Blank(words.say("Difference")),
            Blank(words.say("What the difference comes from")),
            Signatures((("", words.say("place and date")), ("", words.say("stamp and signature")))),
        )
    )


def _named(facts: BalanceConfirmation, words: Words) -> str:
    number = numbered(facts.debtor, facts.creditor, words)
    return ", ".join(filter(None, (facts.debtor.name, number)))


def _where_to(facts: BalanceConfirmation) -> str:
    return ", ".join(
        filter(None, (facts.creditor.name, *facts.creditor.address, facts.creditor.email))
    )


def _said_back(facts: BalanceConfirmation, words: Words) -> str:
    """The balance with the owner's name: on the slip "we" is the other side."""
    said = []
    for balance in balances(facts):
        owner = facts.creditor.name if balance.minor >= 0 else facts.debtor.name
        amount = words.money(balance if balance.minor >= 0 else -balance)
        said.append(words.say("{amount} owed to {owner}", amount=amount, owner=owner))
    return words.list(said) or words.say("nil")


def source(turn: Turn, request: Asked) -> Values:
    """What a customer owes us on a day, their credits among it: the balance of their account."""
    owed, credits = open_of(turn, request.customer, request.as_of, "receivable")
    return {
        "creditor": creditor(turn, (item.invoice for item in [*owed, *credits])),
        "debtor": debtor(turn, request),
        "as_of": request.as_of,
        "issued_on": company_day(turn),
        "items": printed_items([*owed, *credits], request.as_of),
        "interest": _interest(turn, request),
        "reply_by": given_day(request, "reply_by"),
        **signed_by(request),
    }


def _interest(turn: Turn, request: Asked) -> tuple[Money, ...]:
    """In Poland a balance holds the interest that accrued by its day under Polish law. Raises
    NoRate past the last verified rate.
    """
    if turn.catalogue.company.country != "PL":
        return ()
    some = claims(turn, request.customer, request.as_of, country="PL")
    return totals(claim.interest for claim in some)


KIND = Kind(
    key="balance_confirmation",
    label=N_("Balance confirmation"),
    named_by=Names(
        (
            (r"balance|sald|egyenleg", rf"{PAPER}|uzgodn|egyezt"),
            (r"egyenlegkozl|egyenlegegyezt",),
        ),
        rank=PARTICULAR,
    ),
    template_version="4",
    facts=BalanceConfirmation,
    sheet=sheet,
    about="customer",
    source=source,
    further_gaps=number_missing,
    contradiction=term_before("reply_by", "issued_on"),
    country_from="creditor",
)
