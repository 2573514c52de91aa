"""Words: what a reader is told, in their language, with the facts as they write them."""

from datetime import UTC, date, datetime

import pytest

from bot.kit.errors import Problem
from bot.kit.markup import Mrkdwn
from bot.kit.money import Money
from bot.kit.words import LANGUAGES, Phrase, Words, language_of

DAY = date(2026, 11, 3)
EN, PL, HU = map(Words, LANGUAGES)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("pl-PL", "pl"),
        ("pl", "pl"),
        ("PL_pl", "pl"),
        ("hu-HU", "hu"),
        ("en-US", "en"),
        ("de-DE", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_who_speaks_none_of_our_languages_is_spoken_to_in_english(
    locale: str | None, language: str
) -> None:
    assert language_of(locale) == language


def test_a_sentence_is_said_in_the_readers_language_with_its_facts() -> None:
    sentence = "{amount} is left to pay."
    assert EN.say(sentence, amount="5") == "5 is left to pay."
    assert len({words.say(sentence, amount="5") for words in (EN, PL, HU)}) == 3
    assert all("5" in words.say(sentence, amount="5") for words in (EN, PL, HU))


def test_what_no_catalogue_holds_is_said_in_english() -> None:
    assert PL.say("Nobody translated {this}.", this="it") == "Nobody translated it."


def test_each_number_has_its_own_plural_form() -> None:
    def days(words: Words, n: int) -> str:
        return words.count("in {n} day", "in {n} days", n)

    assert [days(EN, n) for n in (0, 1, 2)] == ["in 0 days", "in 1 day", "in 2 days"]
    assert [days(PL, n) for n in (1, 2, 5)] == ["za 1 dzień", "za 2 dni", "za 5 dni"]
    assert [days(HU, n) for n in (1, 2)] == ["1 nap múlva", "2 nap múlva"]


def test_counts_are_grouped_as_the_reader_groups_them() -> None:
    def invoices(words: Words, n: int) -> str:
        return words.count("{n} payment", "{n} payments", n)

    assert [invoices(EN, n) for n in (999, 1000)] == ["999 payments", "1,000 payments"]
    assert invoices(PL, 10_000) == "10\xa0000 wpłat"
    assert invoices(HU, 1_234_567).startswith("1\xa0234\xa0567 ")


def test_facts_in_markup_are_escaped_and_the_sentence_is_not() -> None:
    typed = "<!channel> & *Kowalski*"
    marked = EN.mark("*{who}*", who=typed)
    assert isinstance(marked, Mrkdwn)
    assert marked.startswith("*&lt;!channel&gt; &amp; ")
    assert EN.mark("{who}", who=Mrkdwn("<@U1>")) == "<@U1>"
    counted = EN.mark_count("{n} of {who}", "{n} of {who}", 2, who="<b>")
    assert isinstance(counted, Mrkdwn)
    assert counted == "2 of &lt;b&gt;"


def test_days_and_money_are_written_as_the_reader_writes_them() -> None:
    assert [words.date(DAY) for words in (EN, PL, HU)] == [
        "3 Nov 2026",
        "3 lis 2026",
        "2026. nov. 3.",
    ]
    assert PL.date(DAY, "short") == "3.11.2026"
    money = Money(1_234_567, "PLN")
    assert EN.money(money) == "PLN\xa012,345.67"
    assert PL.money(money) == "12\xa0345,67\xa0zł"
    assert [str(words.locale) for words in (EN, PL, HU)] == ["en_GB", "pl_PL", "hu_HU"]


def test_items_are_joined_as_the_reader_joins_them() -> None:
    assert EN.list(["a", "b", "c"]) == "a, b and c"
    assert PL.list(["a", "b", "c"]) == "a, b i c"
    assert HU.list(["a", "b"]) == "a és b"
    assert EN.list(["a"]) == "a"


def test_a_fact_is_said_by_its_kind() -> None:
    moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert EN.fact(DAY) == "3 Nov 2026"
    assert EN.fact(moment) is moment
    assert EN.fact(Money(150, "EUR")) == "€1.50"
    assert EN.fact((DAY, "x")) == "3 Nov 2026 and x"
    assert EN.fact("x") == "x"
    assert PL.fact(Phrase("{amount} is left to pay.", amount=Money(100, "PLN"))) == PL.say(
        "{amount} is left to pay.", amount="1,00\xa0zł"
    )


def test_a_problem_is_told_with_its_facts_in_the_readers_language() -> None:
    class Late(Problem):
        sentence = "{amount} since {day}"

    assert EN.problem(Late(amount=Money(100, "PLN"), day=DAY)) == "PLN\xa01.00 since 3 Nov 2026"


def test_phrases_are_equal_when_they_say_the_same() -> None:
    one, same = Phrase("Due on {day}.", day=DAY), Phrase("Due on {day}.", day=DAY)
    assert (one, hash(one)) == (same, hash(same))
    assert one != Phrase("Due on {day}.", day=date(2026, 11, 4))
    assert one != Phrase("Paid on {day}.", day=DAY)
    assert one != "Due on {day}."
    assert str(one) == repr(one)
    assert "Due on" in str(one)


def test_hungarian_articles_follow_what_is_said() -> None:
    sentence = "Noted: you have {number}."
    assert "az A/1" in HU.say(sentence, number="A/1")
    assert "a B/1" in HU.say(sentence, number="B/1")
