"""The law of late payment that letters name: Poland, Hungary, and the directive for the rest of the
Union.

Sources: act of 8 March 2013 (PL) art. 7, 8 and 10; Civil Code (PL) art. 481; Ptk. 6:48, 6:155 and
act IX of 2016 (HU); Directive 2011/7/EU art. 3 and 6.
"""

from bot.kit.words import N_, Words
from handlers.documents.kinds.parts.parties import Party

_INTEREST = {
    "PL": N_(
        "art. 7 of the Polish act of 8 March 2013 on combating excessive delays in commercial "
        "transactions"
    ),
    "HU": N_("section 6:155 of the Hungarian Civil Code"),
    "": N_("art. 3 of Directive 2011/7/EU"),
}
_OF_PUBLIC_BODIES = {
    "PL": N_(
        "art. 8 of the Polish act of 8 March 2013 on combating excessive delays in commercial "
        "transactions"
    ),
}
_OF_CONSUMERS = {
    "PL": N_("art. 481 of the Polish Civil Code"),
    "HU": N_("section 6:48 of the Hungarian Civil Code"),
}
_COMPENSATION = {
    "PL": N_("Compensation for recovery costs (art. 10 of the same act)"),
    "HU": N_("Flat-rate compensation for recovery costs (Hungarian act IX of 2016)"),
    "": N_("Compensation for recovery costs (Directive 2011/7/EU, art. 6)"),
}
_COURT = {
    "PL": N_(
        "If the payment does not arrive by then, we will bring the case before a court without "
        "another letter "
        "and claim the principal, interest, compensation and the costs of the proceedings."
    ),
    "HU": N_(
        "If the payment does not arrive by then, we will start the order-for-payment procedure "
        "without another "
        "letter and claim the principal, interest, flat-rate compensation and the costs of the "
        "procedure."
    ),
    "": N_(
        "If the payment does not arrive by then, we will start legal proceedings without another "
        "letter "
        "and claim the principal, interest, compensation and the costs."
    ),
}
_COURT_CONSUMER = N_(
    "If the payment does not arrive by then, we will bring the case before a court without another "
    "letter and claim the principal, interest and the costs of the proceedings."
)


def interest_basis(country: str, debtor: Party, words: Words) -> str:
    """By which rule a creditor of ``country`` claims late interest from such a debtor, as
    a sentence; nothing where no rule is known.
    """
    if debtor.debtor == "consumer":
        basis = _OF_CONSUMERS.get(country, "")
    else:
        basis = _INTEREST.get(country, _INTEREST[""])
        if debtor.debtor == "medical":
            basis = _OF_PUBLIC_BODIES.get(country, basis)
    return words.say(N_("Legal basis: {basis}."), basis=words.say(basis)) if basis else ""


def compensation_basis(country: str, words: Words) -> str:
    return words.say(_COMPENSATION.get(country, _COMPENSATION[""]))


def court_warning(country: str, debtor: Party, words: Words) -> str:
    if debtor.debtor == "consumer":
        return words.say(_COURT_CONSUMER)
    return words.say(_COURT.get(country, _COURT[""]))
