"""Codes of units, methods of payment and VAT, as people say them."""

from collections.abc import Mapping

from bot.kit.words import N_, Words

# UN/ECE Recommendation 20 and 21 (UBL, CII) and NAV's list
_PIECE, _PACKAGE, _HOUR, _DAY = N_("pcs"), N_("pack"), N_("h"), N_("days")
_MONTH, _YEAR, _PAIR, _SET = N_("months"), N_("years"), N_("pairs"), N_("sets")
_UNITS = {
    **dict.fromkeys(("C62", "H87", "EA", "NAR", "PCE", "XPP", "PIECE"), _PIECE),
    **dict.fromkeys(("XPK", "PACK"), _PACKAGE),
    **dict.fromkeys(("HUR", "HOUR"), _HOUR),
    **dict.fromkeys(("MON", "MONTH"), _MONTH),
    **dict.fromkeys(("PR", "NPR"), _PAIR),
    **dict.fromkeys(("CT", "XCT", "CARTON"), N_("cartons")),
    **dict.fromkeys(("BX", "XBX"), N_("boxes")),
    "ANN": _YEAR,
    "DAY": _DAY,
    "E48": N_("service"),
    "IE": N_("persons"),
    "LS": N_("lump sum"),
    "SET": _SET,
    "WEE": N_("weeks"),
    "XPX": N_("pallets"),
}
_SYMBOLS = {
    **dict.fromkeys(("KGM", "KILOGRAM"), "kg"),
    **dict.fromkeys(("TNE", "TON"), "t"),
    **dict.fromkeys(("MIN", "MINUTE"), "min"),
    **dict.fromkeys(("LTR", "LITER"), "l"),
    **dict.fromkeys(("KMT", "KTM", "KILOMETER"), "km"),
    **dict.fromkeys(("MTQ", "CUBIC_METER"), "m³"),
    **dict.fromkeys(("MTR", "METER", "LINEAR_METER"), "m"),
    "CMT": "cm",
    "GRM": "g",
    "HAR": "ha",
    "KWH": "kWh",
    "KWT": "kW",
    "MLT": "ml",
    "MMT": "mm",
    "MTK": "m²",
    "MWH": "MWh",
    "P1": "%",
}
_METHODS: Mapping[str, str] = {
    "transfer": N_("bank transfer"),
    "cash": N_("cash"),
    "card": N_("card"),
    "direct_debit": N_("direct debit"),
    "voucher": N_("voucher"),
    "cheque": N_("cheque"),
    "credit": N_("credit"),
    "mobile": N_("mobile payment"),
}
_REMARKS: Mapping[str, str] = {
    "cash_method": N_("Cash accounting: the VAT is due when the invoice is paid."),
    "self_billing": N_("Self-billing: the buyer issued the invoice."),
    "reverse_charge": N_("Reverse charge: the buyer accounts for the VAT."),
    "split_payment": N_("Split payment: the VAT is to be paid into the seller's VAT account."),
    "simplified_triangle": N_("Triangular transaction in the simplified procedure."),
}
_ROLES: Mapping[str, str] = {
    "payee": N_("Paid to"),
    "factor": N_("Factor"),
    "recipient": N_("Recipient"),
    "payer": N_("Paid by"),
    "issuer": N_("Issued by"),
    "further_buyer": N_("Further buyer"),
    "tax_representative": N_("Tax representative"),
    "seller_before": N_("Seller before the correction"),
    "buyer_before": N_("Buyer before the correction"),
}
# Of a VAT rate, or of the lack of one: EN 16931 (UNTDID 5305), KSeF's P_12, NAV's cases.
_EXEMPT, _OUTSIDE, _REVERSE = N_("exempt from VAT"), N_("not subject to VAT"), N_("reverse charge")
_EXPORT, _WITHIN_EU, _ABROAD = (
    N_("export"),
    N_("supply within the EU"),
    N_("taxed in another EU country"),
)
_MARGIN = N_("margin scheme, with the VAT inside the amount")
_CATEGORIES: Mapping[str, str] = {
    **dict.fromkeys(("E", "zw", "TAM"), _EXEMPT),
    **dict.fromkeys(("O", "ATK"), _OUTSIDE),
    **dict.fromkeys(("AE", "oo", "FAD"), _REVERSE),
    **dict.fromkeys(("G", "EX", "0 EX", "EAM"), _EXPORT),
    **dict.fromkeys(("K", "WDT", "0 WDT", "KBAET", "KBAUK"), _WITHIN_EU),
    **dict.fromkeys(("OSS", "EUE", "EUFADE"), _ABROAD),
    **dict.fromkeys(("marża", "TRAVEL_AGENCY", "SECOND_HAND", "ARTWORK", "ANTIQUES"), _MARGIN),
    **dict.fromkeys(("np II", "EUFAD37"), N_("services to an EU business, taxed where it is")),
    **dict.fromkeys(("np I", "HO"), N_("supplied outside the country")),
    "AAM": N_("small business, exempt from VAT"),
}


def unit_of(code: str, words: Words) -> str:
    """A unit as short as a column wants it; a word, or a code that is not known, as it is."""
    label = _UNITS.get(code)
    return words.say(label) if label else _SYMBOLS.get(code, code)


def method_of(text: str, words: Words) -> str:
    """A method of payment; words stay as they are."""
    label = _METHODS.get(text)
    return words.say(label) if label else text


def remark_of(code: str, words: Words) -> str:
    """What the law wants to be said on an invoice of this sort."""
    return words.say(_REMARKS[code])


def role_of(code: str, words: Words) -> str:
    """What somebody else is to an invoice."""
    return words.say(_ROLES[code])


def category_of(code: str, words: Words) -> str:
    """What a VAT category means; nothing where its code or its percent says all."""
    label = _CATEGORIES.get(code)
    return words.say(label) if label else ""
