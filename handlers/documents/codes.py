"""Codes of units and of methods of payment, as people say them."""

from collections.abc import Mapping

from bot.kit.words import N_, Words

# UN/ECE Recommendation 20 and 21 (UBL, CII) and NAV's list
_PIECE, _PACKAGE, _HOUR, _DAY = N_("pcs"), N_("pack"), N_("h"), N_("days")
_MONTH, _YEAR, _PAIR, _SET = N_("months"), N_("years"), N_("pairs"), N_("sets")
_UNITS = {
    **dict.fromkeys(("C62", "H87", "EA", "NAR", "PCE", "XPP", "IE", "PIECE"), _PIECE),
    **dict.fromkeys(("XPK", "XPX", "PACK"), _PACKAGE),
    **dict.fromkeys(("HUR", "HOUR"), _HOUR),
    **dict.fromkeys(("MON", "MONTH"), _MONTH),
    **dict.fromkeys(("PR", "NPR"), _PAIR),
    "ANN": _YEAR,
    "DAY": _DAY,
    "SET": _SET,
}
_SYMBOLS = {
    **dict.fromkeys(("KGM", "KILOGRAM"), "kg"),
    **dict.fromkeys(("TNE", "TON"), "t"),
    **dict.fromkeys(("MIN", "MINUTE"), "min"),
    **dict.fromkeys(("LTR", "LITER"), "l"),
    **dict.fromkeys(("KMT", "KTM", "KILOMETER"), "km"),
    **dict.fromkeys(("MTQ", "CUBIC_METER"), "m³"),
    **dict.fromkeys(("MTR", "METER", "LINEAR_METER"), "m"),
    "GRM": "g",
    "KWH": "kWh",
    "MTK": "m²",
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


def unit_of(code: str, words: Words) -> str:
    """A unit as short as a column wants it; a word, or a code that is not known, as it is."""
    label = _UNITS.get(code)
    return words.say(label) if label else _SYMBOLS.get(code, code)


def method_of(told: str, words: Words) -> str:
    """A method of payment; words stay as they are."""
    label = _METHODS.get(told)
    return words.say(label) if label else told
