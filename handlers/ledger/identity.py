"""Identity of parties: a tax number written in any way becomes one word."""

import re
from functools import lru_cache

from bot.kit.folding import is_hungarian_tax

_SIGNS = re.compile(r"[^0-9A-Z]")
_PREFIXED = re.compile(r"[A-Z]{2}(?=[0-9]{8,})")
_HUNGARIAN = re.compile(r"[0-9]{11}")


@lru_cache(100_000)
def fold_tax(tax_id: str | None, country: str | None = None) -> str:
    """A tax number without signs and its country's letters; of a Hungarian one the eight digits that name the payer.

    ``PL 526-104-08-28`` is ``5261040828``, ``12892312-2-41`` and ``HU12892312`` are ``12892312``. The letters tell
    the country of the number, wherever the party has its seat.
    """
    bare = _SIGNS.sub("", (tax_id or "").upper())
    prefix = _PREFIXED.match(bare)
    home = prefix.group() if prefix else "HU" if is_hungarian_tax(tax_id) else (country or "").upper()
    bare = bare[2:] if prefix else bare
    return bare[:8] if home == "HU" and _HUNGARIAN.fullmatch(bare) else bare
