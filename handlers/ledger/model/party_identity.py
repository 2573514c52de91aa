"""Identity of parties: a tax number written in any way becomes one word, and tells one customer of
one country.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from stdnum.eu import vat

from bot.kit.folding import fold, is_hungarian_tax
from storage.invoices import customers
from storage.invoices.customers import Numbered
from storage.turn import Turn

_SIGNS = re.compile(r"[^0-9A-Z]")
_PREFIXED = re.compile(r"[A-Z]{2}(?=[0-9]{8,})")
_HUNGARIAN = re.compile(r"[0-9]{11}")
_OF_A_COUNTRY = re.compile(r"([A-Z]{2})[0-9A-Z]*[0-9]{5}")
_COUNTRIES = {"EL": "GR", "XI": "GB"}  # VAT numbers begin otherwise there


@lru_cache(100_000)
def fold_tax(tax_id: str | None, country: str | None = None) -> str:
    """A tax number without signs and its country's letters; of a Hungarian one the eight digits
    that name the payer.

    ``PL 526-104-08-28`` is ``5261040828``, ``12892312-2-41`` and ``HU12892312`` are ``12892312``.
    The letters tell the country of the number, wherever the party has its seat.
    """
    bare = _SIGNS.sub("", (tax_id or "").upper())
    prefix = _PREFIXED.match(bare)
    home = (country or "").upper()
    if prefix:
        home, bare = prefix.group(), bare[2:]
    elif is_hungarian_tax(tax_id):
        home = "HU"
    return bare[:8] if home == "HU" and _HUNGARIAN.fullmatch(bare) else bare


@lru_cache(100_000)
def home_of(tax_id: str | None, country: str | None = None) -> str:
    """The country that gave a tax number: its letters say so, or its form, or the check digits
    where the party sits.

    Empty where none of them does: a number abroad, a number that is wrong, one of a country without
    check digits.
    """
    bare = _SIGNS.sub("", (tax_id or "").upper())
    if lettered := _OF_A_COUNTRY.match(bare):
        return _COUNTRIES.get(lettered[1], lettered[1])
    if is_hungarian_tax(tax_id):
        return "HU"
    home = (country or "").upper()
    return (
        _COUNTRIES.get(home, home)
        if home and vat.is_valid(f"{home}{fold_tax(tax_id, home)}")
        else ""
    )


class Sought(NamedTuple):
    """A party as a document names it: the folded tax number, the name, and the country that gave
    the number.
    """

    tax_id: str
    name: str
    home: str = ""


def known(turn: Turn, parties: Iterable[Sought]) -> dict[Sought, int]:
    """Ids of the customers among these: by tax number where there is one, by name otherwise.

    The same digits are the same customer, unless two countries are known to have given them to two
    names.
    """
    wanted = set(parties)
    spelt: dict[Sought, tuple[str, ...]] = {}
    names: set[str] = set()
    for item in wanted:
        if item.tax_id:
            spelt[item] = _spellings(item)
        else:
            names.add(item.name)
    rows: dict[tuple[str, str], list[Numbered]] = defaultdict(list)
    for row in customers.with_tax_or_name(turn, set(chain.from_iterable(spelt.values())), names):
        rows[row.tax_id, "" if row.tax_id else row.name].append(row)
    result: dict[Sought, int] = {}
    for item in wanted:
        if item.tax_id:
            numbered: list[Numbered] = []
            for tax in spelt[item]:
                numbered += rows.get((tax, ""), [])
            id_ = _best(item, numbered)
        else:
            id_ = _first(rows.get(("", item.name), []))
        if id_ is not None:
            result[item] = id_
    return result


def _first(rows: Sequence[Numbered]) -> int | None:
    return rows[0].id if rows else None


def _spellings(sought: Sought) -> tuple[str, ...]:
    """A number with letters of its own keeps those of the country where it came with them:
    ``ATU12345675``.
    """
    if sought.tax_id.isdigit() or not sought.home:
        return (sought.tax_id,)
    return tuple(
        dict.fromkeys(
            (
                sought.tax_id,
                sought.tax_id.removeprefix(sought.home),
                f"{sought.home}{sought.tax_id}",
            )
        )
    )


def _best(sought: Sought, rows: Sequence[Numbered]) -> int | None:
    """The one known longest that it may be; where several countries gave the number, of its country
    or name first.
    """
    name = fold(sought.name)
    homes: set[str] = set()
    fitting: list[int] = []
    nearest: set[int] = set()
    for row in rows:
        home = home_of(row.tax_id, row.country)
        homes.add(home)
        is_alike = fold(row.name) == name
        is_at_home = home == sought.home
        if is_alike or is_at_home or not (home and sought.home):
            fitting.append(row.id)
        if is_at_home if sought.home else is_alike:
            nearest.add(row.id)
    are_of_several = len(homes - {""}) > 1
    return min(fitting, key=lambda id_: (are_of_several and id_ not in nearest, id_), default=None)
