"""Balances of a day confirmed by everybody: made at once, and who has answered."""

import re
from datetime import date

import pytest

from bot.kit.words import Words
from bot.slack import HOME
from handlers.documents.blocks import balance_round as looks
from handlers.documents.blocks.balance_round import Shown
from handlers.documents.service.rounds import balance_confirmations as rounds
from handlers.ledger.service.customer_import import set_debtor
from storage.invoices import customers
from tests.books import books, desk, rules
from tests.documents.test_kinds import text_of
from tests.driver import Office
from tests.running import Running

__all__ = ["books", "desk", "rules"]

NUMBERS = re.compile(r"ZD-\d{6}")
DAY = date(2026, 10, 31)
GIVEN = {"signatory": "Beata Kamińska", "reply_by": "2026-12-10"}


def test_everybody_with_a_balance_is_asked_and_what_one_lacks_holds_nobody_up(
    bot: Running, books: None
) -> None:
    with bot.turns.turn(HOME) as turn:
        asked = rounds.addressees(turn, DAY)
        consumer, incomplete = asked[0], asked[1]
        set_debtor(turn, consumer, "consumer")
        customers.change(turn, incomplete.id, address="")
    made = list(rounds.confirm_all(lambda: bot.turns.turn(HOME), DAY, GIVEN, "", lambda *_: None))
    assert {each.customer for each in made} == {each.name for each in asked[1:]}
    failed = [each for each in made if each.problem]
    assert incomplete.name in {each.customer for each in failed}
    done = [each for each in made if not each.problem]
    assert done
    assert len({each.number for each in done}) == len(done)
    assert all(each.customer.split()[0] in text_of(each.pdf) for each in done)


def test_who_has_answered_is_known(bot: Running, books: None) -> None:
    made = list(rounds.confirm_all(lambda: bot.turns.turn(HOME), DAY, GIVEN, "en", lambda *_: None))
    first, second, third = [each for each in made if not each.problem][:3]
    with bot.turns.turn(HOME) as turn:
        rounds.note_answer(turn, first.number, "differs")
        rounds.note_answer(turn, first.number, "agrees")
        rounds.note_answer(turn, second.number, "differs")
        told = {each.number: each.answer for each in rounds.standings(turn, DAY)}
    assert (told[first.number], told[second.number], told[third.number]) == (
        "agrees",
        "differs",
        "",
    )


def test_only_a_confirmation_is_answered_and_only_by_who_sees_it(bot: Running, books: None) -> None:
    made = list(rounds.confirm_all(lambda: bot.turns.turn(HOME), DAY, GIVEN, "en", lambda *_: None))
    (first, *_) = [each for each in made if not each.problem]
    with bot.turns.turn(HOME, "U0ANNA") as turn, pytest.raises(Exception, match="no such document"):
        rounds.note_answer(turn, first.number, "agrees")


def test_finance_asks_everybody_in_slack_and_notes_what_came_back(
    desk: Office, bot: Running
) -> None:
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    listing = desk.beata.notes("#general")[-1]
    assert "0 potwierdzeń sporządzonych" in listing
    desk.beata.clicks("Zapytaj wszystkich…", on=listing).submits()
    papers = [seen for seen in desk.beata.dm if seen.files]
    with bot.turns.turn(HOME) as turn:
        told = rounds.standings(turn, DAY)
    assert len(papers) == len(told) > 3
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    desk.beata.clicks("Zgodne", on=desk.beata.notes("#general")[-1])
    with bot.turns.turn(HOME) as turn:
        assert [each.answer for each in rounds.standings(turn, DAY)].count("agrees") == 1
    assert "1 odpowiedź" in desk.beata.notes("#general")[-1]


def test_who_is_not_finance_asks_nobody(desk: Office) -> None:
    desk.piotr.types("/document potwierdzenia sald 2026-10-31", "#general")
    assert "finans" in desk.piotr.notes("#general")[-1]


def test_longer_list_of_who_was_asked_has_pages(desk: Office) -> None:
    shown = [Shown(f"Customer {n:02}", f"ZD-{n:06}", "") for n in range(45)]
    pages = [looks.listing(DAY, 45, shown, Words("en"), skip) for skip in (0, 20, 40)]
    assert [set(NUMBERS.findall(str(page))) for page in pages] == [
        {each.number for each in shown[skip : skip + 20]} for skip in (0, 20, 40)
    ]
    assert [looks.MORE in str(page) for page in pages] == [True, True, False]
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    desk.beata.clicks("Zapytaj wszystkich…", on=desk.beata.notes("#general")[-1]).submits()
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    first = NUMBERS.findall(str(desk.beata.notes("#general")[-1].blocks))
    desk.beata.clicks(looks.MORE, on=desk.beata.notes("#general")[-1])
    second = NUMBERS.findall(str(desk.beata.notes("#general")[-1].blocks))
    assert second
    assert set(first).isdisjoint(second)
