"""Tables of rates in words: whose law, and which debtors. Pure."""

from bot.kit.words import N_, Phrase

_LAWS = {"PL": N_("Poland"), "HU": N_("Hungary"), "EU": N_("European Union")}
_DEBTORS = {
    "business": N_("businesses"),
    "medical": N_("public medical bodies"),
    "consumer": N_("consumers"),
}


def table_name(table: str) -> Phrase:
    """``HU-business-EUR`` in words, and the key under which its rates are entered."""
    law, debtor, *currency = table.split("-")
    facts = {"law": Phrase(_LAWS[law]), "debtor": Phrase(_DEBTORS[debtor]), "table": table}
    if currency:
        return Phrase(N_("{law}, {debtor}, in {currency}: {table}"), currency=currency[0], **facts)
    return Phrase(N_("{law}, {debtor}: {table}"), **facts)
