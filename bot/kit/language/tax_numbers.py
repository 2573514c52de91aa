"""Tax numbers as their country writes them, called what the reader calls them."""

import re

from stdnum.eu import vat

from bot.kit.words import Words

_SIGNS = re.compile(r"[^0-9A-Z]")
_LETTERED = re.compile(r"([A-Z]{2})([0-9A-Z]*[0-9]{4}[0-9A-Z]*)")
_HUNGARIAN = re.compile(r"([0-9]{8})([0-9])([0-9]{2})")
_LETTERS = {"GR": "EL"}  # where a VAT number begins otherwise than its country
_COUNTRIES = {"EL": "GR"}


def tax_number(number: str, country: str, home: str, words: Words) -> str:
    """The number with its name: ``NIP 5261040828`` between two in Poland, ``VAT number
    PL5261040828`` beside somebody abroad.

    ``country`` gave the number ('' where nobody knows), ``home`` is the other party's.
    """
    bare = _SIGNS.sub("", number.upper())
    if lettered := _LETTERED.fullmatch(bare):
        country, bare = _COUNTRIES.get(lettered[1], lettered[1]), lettered[2]
    hungarian = _HUNGARIAN.fullmatch(bare) if country == "HU" else None
    if country in ("", home):
        if country == "PL":
            return words.say("NIP {number}", number=bare)
        shown = "-".join(hungarian.groups()) if hungarian else bare if lettered else number
        return words.say("Tax number {number}", number=shown)
    if country.lower() not in vat.MEMBER_STATES:
        return words.say("Tax number {number}", number=number)
    digits = hungarian[1] if hungarian else bare
    return words.say("VAT number {number}", number=f"{_LETTERS.get(country, country)}{digits}")
