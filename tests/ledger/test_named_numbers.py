"""What titles may name, as keys: whatever a search among all numbers comes to is found by them."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.folding import fold_number
from handlers.ledger.model.matching.candidates import find
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.named_numbers import Named, named
from handlers.ledger.model.matching.number_patterns import NumberPatterns
from handlers.ledger.model.matching.titles import read_title
from handlers.ledger.model.matching.values import Direction, MatchingItem
from handlers.ledger.statements.values import Entry
from storage.invoices.number_patterns import patterns_of
from tests.ledger.office import SERIES, Office

AMOUNT = Decimal("7.77")
MANY_SERIES = (
    *SERIES,
    "{m:02d}/{n:04d}/{y}",
    "{n}/{m}/{y}/WAW",
    "{y}/{m:02d}/{d:02d}/{n}",
    "{n:04d}/{y}/{m:02d}",
    "FV {n}/{m:02d}/{s}",
    "{s}/{n:05d}",
    "F{s}-{n:04d}",
    "{n:06d}",
    "A-{d}-{n}",
    "{y}/1{n:04d}/{m:05d}",
    "{n:04d}/1{d:03d}/{y}",
    "{y}{m:02d}{n:04d}",
    "{y}{m:02d}/{n}",
    "0{y}/{n}",
    "FV/{d}/{n:03d}/{m}/{y}",
)
ENDS = ("", " {n}", ", {n} i {n}", "-{n}/{m:02d}/{y}", "/{n}", "; {n}/{m}", " {m}/{y}")


def of(number: str, reference: str = "") -> MatchingItem:
    references = (reference,) if reference else ()
    return MatchingItem(
        number,
        number,
        "1",
        ("Kowalska",),
        (),
        "PLN",
        AMOUNT,
        date(2026, 12, 1),
        Direction.RECEIVABLE,
        None,
        references,
    )


def typed(title: str) -> Entry:
    return Entry(date(2026, 11, 20), AMOUNT, "PLN", title, None, None)


def among(numbers: Iterable[str], title: str) -> Named:
    return named([typed(title)], NumberPatterns(patterns_of(numbers)))


def names(keys: Named, number: str) -> bool:
    folded = fold_number(number)
    begins = any(folded.startswith(each) for each in keys.beginnings)
    ends = any(folded.endswith(each) for each in keys.ends)
    return folded in keys.numbers or begins or ends


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("FV/2026/11/0042", "FV/2026/11/0042"),
        ("fv 42", "FV/2026/11/0042"),
        ("11/42", "FV/2026/11/0042"),
        ("FV2026110042", "FV/2026/11/0042"),
        ("FV20261142", "FV/2026/11/0042"),
        ("42/2026", "F20260042"),
        ("20260042", "FV/2026/0042"),
        ("fv 42", "F20260042"),
        ("42/11/26", "42/11/2026"),
        ("42/11/2026", "42/11/26"),
        ("FV/2026/11/OO42", "FV/2026/11/0042"),
        ("fv 0042-0045/11/2026", "0044/11/2026"),
        ("42 i 43/11/2026", "42/11/2026"),
        ("FV2026110041, 42", "FV/2026/11/0042"),
        ("FV/2026/2031", "FV/2026/2031"),
        ("77", "FS 77/2026/WAW"),
        ("77", "11/0077/2026"),
        ("77", "0077/1234/2026"),
        ("77", "2026/1234/0077/A"),
        ("faktura 12345", "12345"),
    ],
)
def test_title_may_name_a_number_however_it_is_typed(title: str, number: str) -> None:
    numbers = [number, "FV/2026/11/0041", "FV/2026/10/0099", "55/10/2026", "2026/11/0300"]
    keys = among(numbers, title)
    assert names(keys, number)
    assert not names(keys, "FV/2026/10/0099")
    assert not names(keys, "55/10/2026")


def test_numbers_between_two_are_sought_where_they_are_a_range() -> None:
    numbers = ["0044/11/2026"]
    assert names(among(numbers, "fv 0042-0045/11/2026"), "0044/11/2026")
    assert not names(among(numbers, "fv 0042/0045/11/2026"), "0044/11/2026")


@pytest.mark.parametrize("written", ["{}", "zaplata {}", "{} z dnia 2.11"])
def test_title_may_name_an_invoice_by_its_ksef_number(written: str) -> None:
    ksef = "7251100004-20261102-0A1B2C3D4E5F-6A"
    assert ksef in among(["FV 9"], written.format(ksef.lower())).references
    assert ksef in among(["FV 9"], written.format(ksef.replace("-", " "))).references
    assert ksef not in among(["FV 9"], written.format(f"{ksef[:-2]}7A")).references


@settings(max_examples=8)
@given(st.integers())
def test_all_that_a_search_among_all_numbers_comes_to_has_a_key(seed: int) -> None:
    random = Random(seed)
    office = Office(random, customers=10, invoices=40)
    numbers = sorted({item.number for item in office.all} | {number(random) for _ in range(150)})
    patterns = NumberPatterns(patterns_of(numbers))
    index = Index(map(of, numbers))
    for title in titles(random, office, numbers):
        keys = named([typed(title)], patterns)
        for missing in reached(title, index):
            assert names(keys, missing), (title, missing)


@settings(max_examples=8)
@given(
    st.lists(
        st.from_regex(r"[A-C]?[/ -]?[0-9]{1,9}([/. -]?[0-9a-c]{1,4}){0,4}", fullmatch=True),
        max_size=3,
    )
)
def test_numbers_without_any_order_have_keys_too(numbers: list[str]) -> None:
    patterns, index = NumberPatterns(patterns_of(numbers)), Index(map(of, numbers))
    for title in (*numbers, ", ".join(numbers), " ".join(numbers)[:200]):
        keys = named([typed(title)], patterns)
        for missing in reached(title, index):
            assert names(keys, missing), (title, missing)


def test_keys_are_few_beside_the_numbers() -> None:
    numbers = [
        f"FV/{y}/{m:02}/{n:04}" for y in range(2020, 2027) for m in range(1, 13) for n in range(90)
    ]
    keys = among(numbers, "zaplata za fv 42 i 43/11/2026, umowa 17/2024")
    assert 0 < len(keys.numbers & {fold_number(each) for each in numbers}) < 350
    assert len(keys.numbers) < 2_000


def number(random: Random) -> str:
    year = random.choice((2024, 2025, 2026))
    few = random.choice((12, 40, 400))
    return random.choice(MANY_SERIES).format(
        y=year,
        s=year % 100,
        m=random.randint(1, 12),
        d=random.randint(1, 28),
        n=random.randint(1, few),
    )


def titles(random: Random, office: Office, numbers: list[str]) -> Iterator[str]:
    for _ in range(10):
        yield office.payment().entry.title
    for _ in range(15):
        meant = random.choice(numbers)
        written = (meant, meant.lower().replace("/", ""), meant.replace("0", "O"), meant[-5:])
        end = random.choice(ENDS).format(
            n=random.randint(1, 99), m=random.randint(1, 12), y=random.choice((2025, 2026))
        )
        yield random.choice(("", "fv ", "faktura nr ", "za ")) + random.choice(written) + end


def reached(title: str, index: Index) -> set[str]:
    """The numbers that a search for the title's comes to, by whichever of its ways."""
    result: set[str] = set()
    for lookalikes in (False, True):
        read = read_title(title, AMOUNT, lookalikes=lookalikes)
        found = find(read, index, frozenset(["1"]))
        for mention in found.mentions:
            places = (*mention.places, *mention.others)
            result.update(index.items[place].number for place in places)
    return result
