"""What one may ask the demo's Slackbot: examples, and the words by which a tool is meant."""

from itertools import chain

from bot.demo.books import KNOWN_NUMBER
from bot.kit.words import Words
from bot.playground.page.phrasebook import Phrasebook

_KINDS = {
    "account_statement": ("statement", "wyciag", "zestawienie naleznosci", "kivonat"),
    "balance_confirmation": ("balance confirmation", "potwierdzenie salda", "egyenlegkozlo"),
    "invoice_copy": ("copy of", "kopi", "masolat"),
    "employment_certificate": ("certificate", "zaswiadczeni", "munkaltatoi igazolas"),
}
_STEMS = {
    "find_invoice": ("invoice", "faktur", "fv/", "szamla", "bb-"),
    "customer_balance": ("owe", "balance", "zalega", "wisi", "saldo", "tartoz", "egyenleg"),
    "due_items": (
        "due",
        "overdue",
        "po terminie",
        "do zaplaty",
        "termin",
        "lejart",
        "lejart szamla",
        "esedekes",
        "overdue invoice",
    ),
    "my_tickets": ("my tickets", "moje zgloszenia", "bejelenteseim"),
    "find_tickets": ("find ticket", "znajdz zgloszenia", "keress bejelentes"),
    "show_ticket": ("bo-", "ticket", "zgloszenie", "bejelentes"),
    "my_documents": ("my documents", "moje dokumenty", "dokumentumaim"),
    "create_ticket": (
        "make a ticket",
        "new ticket",
        "zrob zgloszenie",
        "nowe zgloszenie",
        "uj bejelentes",
    ),
    "request_document": ("document", "dokument", *chain(*_KINDS.values())),
    "promise_payment": ("promise", "obiecal", "zaplaci", "igeri", "fizetni fog"),
    "help": ("help", "pomoc", "segits"),
}


def phrases() -> Phrasebook:
    examples = {language: _examples(Words(language)) for language in ("en", "pl", "hu")}
    return Phrasebook(_STEMS, examples, {"request_document": {"kind": _KINDS}})


def _examples(words: Words) -> tuple[str, ...]:
    return (
        words.say("How does invoice {number} stand?", number=KNOWN_NUMBER),
        words.say("What is due?"),
        words.say("Make a ticket: The coffee machine leaks"),
        words.say("My tickets"),
    )
