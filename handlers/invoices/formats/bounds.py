"""What a document may hold at most: what is beyond is left out and said, so that it fits wherever
it is kept.
"""

from collections.abc import Iterator
from datetime import date

from bot.kit.days import FIRST_DAY, LAST_DAY, is_kept
from bot.kit.words import N_
from handlers.invoices.formats.document import Finding, Instalment, InvoiceDocument, Party, Rule

TOO_LONG = Rule(
    "text.too_long",
    "error",
    N_("“{text}…” is longer than the {most} characters that can be kept, and was left out."),
    "What the ledger keeps",
)
DAY_OUTSIDE = Rule(
    "date.outside",
    "error",
    N_("The date {day} is not between {first} and {last}, and was left out."),
    "What the ledger keeps",
)
MOST_FINDINGS = 50
_NUMBER = 256
_CODE = 64
_TAX_ID = 32
_CURRENCY = 3
_MOST_PARTS = 1_000


def bounded(document: InvoiceDocument) -> InvoiceDocument:
    """The document as it is, nearly always; else without what is too long or no day, and with a
    finding for it.
    """
    if _fits(document):
        return document
    return document._replace(
        number=_kept(document.number, _NUMBER),
        issued_on=_day(document.issued_on),
        paid_on=_day(document.paid_on),
        currency=_kept(document.currency, _CURRENCY),
        ksef_number=_kept(document.ksef_number, _CODE),
        accounts=tuple(
            account for account in document.accounts[:_MOST_PARTS] if len(account) <= _CODE
        ),
        corrects=tuple(
            correct for correct in document.corrects[:_MOST_PARTS] if len(correct.number) <= _NUMBER
        ),
        instalments=tuple(map(_instalment, document.instalments[:_MOST_PARTS])),
        seller=_party(document.seller),
        buyer=_party(document.buyer),
        noticed=(*document.noticed, *_noticed(document))[:MOST_FINDINGS],
    )


def _noticed(document: InvoiceDocument) -> Iterator[Finding]:
    for text, most in _excess(document):
        yield Finding(TOO_LONG, {"text": text[:40], "most": most})
    for day in _outside(document):
        yield Finding(DAY_OUTSIDE, {"day": day, "first": FIRST_DAY, "last": LAST_DAY})


def _fits(document: InvoiceDocument) -> bool:
    """The same bounds as below, asked quickly: a table has a million rows."""
    for account in document.accounts:
        if len(account) > _CODE:
            return False
    for corrected in document.corrects:
        if len(corrected.number) > _NUMBER:
            return False
    for instalment in document.instalments:
        if instalment.due_on and not FIRST_DAY <= instalment.due_on <= LAST_DAY:
            return False
    return (
        (document.issued_on is None or FIRST_DAY <= document.issued_on <= LAST_DAY)
        and (document.paid_on is None or is_kept(document.paid_on))
        and len(document.number or "") <= _NUMBER
        and len(document.currency or "") <= _CURRENCY
        and len(document.ksef_number or "") <= _CODE
        and len(document.seller.tax_id or "") <= _TAX_ID
        and len(document.buyer.tax_id or "") <= _TAX_ID
        and len(document.instalments) <= _MOST_PARTS
        and len(document.corrects) <= _MOST_PARTS
    )


def _excess(document: InvoiceDocument) -> Iterator[tuple[str, int]]:
    texts: list[tuple[str | None, int]] = [
        (document.number, _NUMBER),
        (document.currency, _CURRENCY),
        (document.ksef_number, _CODE),
        (document.seller.tax_id, _TAX_ID),
        (document.buyer.tax_id, _TAX_ID),
    ]
    texts += [(account, _CODE) for account in document.accounts]
    texts += [(number, _NUMBER) for number in document.corrected_numbers]
    for text, most in texts:
        if text is not None and len(text) > most:
            yield text, most


def _outside(document: InvoiceDocument) -> Iterator[date]:
    days = [document.issued_on, document.paid_on]
    days += [instalment.due_on for instalment in document.instalments]
    for day in days:
        if day and not is_kept(day):
            yield day


def _day(day: date | None) -> date | None:
    return day if day and is_kept(day) else None


def _instalment(instalment: Instalment) -> Instalment:
    return instalment._replace(due_on=_day(instalment.due_on))


def _kept(text: str | None, most: int) -> str | None:
    return text if text is None or len(text) <= most else None


def _party(party: Party) -> Party:
    return party._replace(tax_id=_kept(party.tax_id, _TAX_ID))
