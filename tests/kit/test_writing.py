"""How countries write what stands on paper: tax numbers, dates at the end of a sentence, firm
blanks."""

from datetime import date

import pytest

from bot.kit.language.tax_numbers import tax_number
from bot.kit.markup import Mrkdwn
from bot.kit.pdf.ties import tied
from bot.kit.words import Words

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("number", "country", "home", "pl", "hu"),
    [
        ("PL 526-104-08-28", "", "PL", "NIP 5261040828", "NIP: 5261040828"),
        (
            "5261040828",
            "PL",
            "HU",
            "Nr VAT UE PL5261040828",
            "Közösségi adószám: PL5261040828",
        ),
        ("12892312-2-18", "HU", "HU", "Nr podatkowy 12892312-2-18", "Adószám: 12892312-2-18"),
        ("12892312218", "HU", "HU", "Nr podatkowy 12892312-2-18", "Adószám: 12892312-2-18"),
        ("12892312-2-18", "HU", "PL", "Nr VAT UE HU12892312", "Közösségi adószám: HU12892312"),
        ("DE136695976", "", "PL", "Nr VAT UE DE136695976", "Közösségi adószám: DE136695976"),
        ("094259216", "GR", "PL", "Nr VAT UE EL094259216", "Közösségi adószám: EL094259216"),
        ("CHE-116.281.710", "CH", "PL", "Nr podatkowy CHE-116.281.710", "Adószám: CHE-116.281.710"),
        ("123 456", "", "PL", "Nr podatkowy 123 456", "Adószám: 123 456"),
    ],
)
def test_tax_number_is_called_what_its_reader_calls_it(
    number: str, country: str, home: str, pl: str, hu: str
) -> None:
    assert tax_number(number, country, home, Words("pl")) == pl
    assert tax_number(number, country, home, Words("hu")) == hu


def test_date_of_a_polish_letter_ends_its_sentence_with_one_stop() -> None:
    words = Words("pl")
    on = words.long_date(DAY)
    assert on == "3\xa0listopada\xa02026\xa0r."
    said = words.say("Please pay what is outstanding by {day}.", day=on)
    assert said.endswith("2026\xa0r.")
    assert ".." not in said


def test_name_that_ends_with_a_stop_takes_none_from_its_sentence() -> None:
    for language in ("en", "pl", "hu"):
        said = Words(language).say(
            "The claim arises from {contract}.", contract="z Abacki Sp. z o.o."
        )
        assert said.endswith("Sp. z o.o."), said
        assert not said.endswith(".."), said
    assert Words("en").mark("It is *{name}*. Next.", name="Acme Inc.") == Mrkdwn(
        "It is *Acme Inc.* Next."
    )
    assert Words("en").say("{name}.", name="Acme") == "Acme."
    assert Words("en").say("{name}...", name="Acme Inc.") == "Acme Inc...."


def test_hungarian_ending_takes_the_place_of_the_dates_stop() -> None:
    words = Words("hu")
    assert words.say("payment reminder of {day}", day=words.long_date(DAY)) == (
        "2026.\xa0november\xa03-i fizetési emlékeztető"
    )


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Kowalska Sp. z o.o. i Wspólnicy", "Kowalska Sp.~z~o.o. i~Wspólnicy"),
        ("sp. z o. o. w Łodzi", "sp.~z~o.~o. w~Łodzi"),
        ("art. 7 ustawy z dnia 8 marca 2013 r.", "art.~7 ustawy z~dnia 8~marca~2013~r."),
        ("2026. november 30. után", "2026.~november~30. után"),
        ("ul. Piotrkowska 1, nr 7 § 3", "ul.~Piotrkowska 1, nr~7 §~3"),
        ("dzwoni a", "dzwoni a"),
    ],
)
def test_no_line_ends_inside_of_what_belongs_together(text: str, firm: str) -> None:
    assert tied(text).replace("\xa0", "~") == firm
