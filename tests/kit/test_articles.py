"""The Hungarian article goes by the sound of what follows."""

import pytest

from bot.kit.language.articles import with_articles
from bot.kit.words import Words


@pytest.mark.parametrize(
    ("fact", "article"),
    [
        *[
            ("BO-5", "A"),
            ("ZD-000001", "A"),
            ("KSeF", "A"),
            ("NAV", "A"),
            ("Könyvelés", "A"),
            ("HR", "A"),
        ],
        *[
            ("FV/2026/11/0042", "Az"),
            ("MT940", "Az"),
            ("UBL", "Az"),
            ("Ügyfél", "Az"),
            ("IT", "Az"),
            ("x", "Az"),
        ],
        *[
            ("1", "Az"),
            ("5", "Az"),
            ("52", "Az"),
            ("1 000", "Az"),
            ("1000", "Az"),
            ("1\xa0500\xa0000", "Az"),
        ],
        *[
            ("2", "A"),
            ("10", "A"),
            ("11", "A"),
            ("100", "A"),
            ("12 000", "A"),
            ("0007", "A"),
            ("2026. nov. 1.", "A"),
        ],
        *[("", "A"), ("…", "A"), ("„Arany” Kft.", "Az"), ("/ticket", "A")],
    ],
)
def test_article_goes_by_the_sound(fact: str, article: str) -> None:
    assert with_articles("A(z) {fact} kész", {"fact": fact}) == f"{article} {{fact}} kész"


def test_article_is_chosen_through_marks_and_left_open_before_a_mention() -> None:
    assert with_articles("ez a(z) *{name}*", {"name": "Egyenleg"}) == "ez az *{name}*"
    assert (
        with_articles("A(z) {who} és a(z) „{it}”", {"who": "<@U0ANNA>", "it": "bor"})
        == "A(z) {who} és a „{it}”"
    )


def test_hungarian_sentences_have_their_articles() -> None:
    hungarian = Words("hu")
    assert hungarian.say("You have {number} already.", number="BO-5") == "A BO-5 már nálad van."
    assert hungarian.count("All {n} invoices", "All {n} invoices", 5) == "Mind az 5 számla"
