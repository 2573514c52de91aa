"""Whether a payer's name is a customer's: legal forms, addresses, names that a bank cut off."""

import pytest

from handlers.ledger.model.matching.names import Names, fits, name

ADDRESS_WORDS = ("ul", "al", "os", "pl", "utca", "u", "ut", "ter")


@pytest.mark.parametrize(
    ("ours", "payer", "is_so"),
    [
        ("Kowalska Sp. z o.o.", "KOWALSKA SP Z O O", True),
        ("Kowalska Sp. z o.o.", "KOWALSKA", True),
        ("Kowalska Sp. z o.o.", "KOWALSKA ANNA", False),
        ("Kowalska Sp. z o.o.", "ANNA KOWALSKA", False),
        ("Kowalska Sp. z o.o.", "KOWALSKA 12 KRAKOW", True),
        ("Kowalska Sp. z o.o.", "KOWALSKA KRAKOW 12", False),
        ("Alfa Trans Sp. z o.o.", "ALFA TRANS SP Z O O UL PROSTA 5", True),
        ("Alfa Trans Sp. z o.o.", "ALFA TRANS UL PROSTA 5", True),
        ("Alfa Trans Sp. z o.o.", "TRANS ALFA", True),
        ("Alfa Trans Sp. z o.o.", "ALFA", False),
        ("Alfa Trans Sp. z o.o.", "ALFA TRANS LOGISTYKA SP Z O O", False),
        ("Alfa Trans", "ALFA TRANS LOGISTYKA", True),
        # One letter is a legal form beside another, and a part of an address alone.
        ("Alfa Trans", "ALFA TRANS S K LOGISTYKA", True),
        ("Alfa Trans", "ALFA TRANS S LOGISTYKA", True),
        ("Alfa Trans", "ALFA TRANS KFT LOGISTYKA", True),
        ("Alfa Trans Logistyka", "ALFA TRANS S K LOGISTYKA", False),
        ("Alfa Trans Logistyka", "ALFA TRANS S LOGISTYKA", True),
        ("Alfa Trans Logistyka", "ALFA TRANS KFT LOGISTYKA", False),
        ("Alfa Trans Logistyka", "ALFA TRANS SA LOGISTYKA", False),
        ("", "ALFA", False),
        ("Alfa", "", False),
    ],
)
def test_a_payer_is_the_customer_whose_words_are_all_there(
    ours: str, payer: str, is_so: bool
) -> None:
    assert fits(name(ours), name(payer)) is is_so


@pytest.mark.parametrize("word", ADDRESS_WORDS)
def test_what_follows_a_single_word_may_be_an_address(word: str) -> None:
    assert fits(name("Kowalska"), name(f"KOWALSKA {word} PROSTA 5")) is (len(word) > 1)
    assert not fits(name("Kowalska"), name(f"KOWALSKA X{word}X PROSTA 5"))


@pytest.mark.parametrize(
    ("payer", "is_so"),
    [
        ("PRZEDSIEBIORSTWO WODNE MAZOWSZ", True),  # thirty letters, the last word cut off
        ("PRZEDSIEBIORSTWO WODNE MAZ", True),
        ("PRZEDSIEBIORSTWO WODNE MAZOWSZE CEN", True),
        ("PRZEDSIEBIORSTWO WODNE MA", False),
        ("PRZEDSIEBIORSTWO WODNE MALOPOL", False),
        ("PRZEDSIEBIORSTWO INNE MAZOWSZE", False),
    ],
)
def test_a_name_that_a_bank_cut_off_fits_by_its_beginning(payer: str, is_so: bool) -> None:
    ours = name("Przedsiębiorstwo Wodne Mazowsze Centralne")
    assert fits(ours, name(payer)) is is_so


def test_customers_are_found_by_the_rarest_of_their_words() -> None:
    names = Names([("1", ["Alfa Trans", "AT"]), ("2", ["Beta Trans"]), ("3", ["Alfa Trans"])])
    assert names.of("ALFA TRANS") == {"1", "3"}
    assert names.of("BETA TRANS UL PROSTA 2") == {"2"}
    assert names.of("TRANS") == frozenset()
    assert names.of("") == frozenset()
    assert names.of(None) == frozenset()
