"""Words by which tables say which way money went. A word that is not here is asked about, and never
income.
"""

from functools import lru_cache

from bot.kit.folding import fold

OUTWARDS, INWARDS = "words_out", "words_in"
"""Constants of a layout: words of the bank's own for money out and in."""
_IN = """
    c|cr|ct|crdt|credit|rd|in|incoming|money in|paid in|deposit|received|income|inflow
    bij|credito
    ma|kt|uznanie|uznania|wpływ|wpływy|wpłata|wpłaty|przychód|przychodzący|przychodząca
    przelew przychodzący|zasilenie
    j|jóváírás|bejövő|bejövő utalás|befizetés
    h|haben|gutschrift|eingang|zahlungseingang"""
_OUT = """
    d|dr|dt|dbit|debit|rc|out|outgoing|money out|paid out|withdrawal|sent|expense|outflow
    af|debito
    wn|winien|obciążenie|obciążenia|wydatek|wydatki|wypłata|wypłaty|rozchód|wychodzący|wychodząca
    przelew wychodzący
    t|terhelés|kimenő|kimenő utalás|kifizetés
    s|soll|lastschrift|belastung|ausgang|zahlungsausgang"""


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for line in words.split("\n") for word in line.split("|") if word)


_SIGNS = {**dict.fromkeys(_folded(_IN), 1), **dict.fromkeys(_folded(_OUT), -1), "": 0}


@lru_cache(10_000)
def sign_of(text: str) -> int:
    """1 for money in, -1 for money out, 0 where the text says neither."""
    plain = text.strip()
    if plain in ("+", "-", "−"):
        return 1 if plain == "+" else -1
    return _SIGNS.get(fold(plain), 0)


def with_words(inwards: str, outwards: str) -> dict[str, int]:
    """Words of a company's own, parted by commas, as somebody confirmed them; 0 for what is said
    to mean both.
    """
    into, out = words_in(inwards), words_in(outwards)
    said = {**dict.fromkeys(into, 1), **dict.fromkeys(out, -1)}
    return {**said, **dict.fromkeys(set(into).intersection(out), 0)}


def words_in(text: str) -> list[str]:
    return [fold(word) for word in text.split(",") if fold(word)]
