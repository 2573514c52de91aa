"""Balances of a day confirmed by everybody: made at once, and who has answered."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.kit import clock
from bot.kit.words import Words
from bot.slack import HOME
from handlers.documents.blocks import balance_round as looks
from handlers.documents.blocks import round_progress as progress_looks
from handlers.documents.blocks.balance_round import Shown
from handlers.documents.blocks.round_progress import Lacking
from handlers.documents.model.asked import Asked
from handlers.documents.service import requests
from handlers.documents.service.readers import NoSuchDocument
from handlers.documents.service.rounds import balance_confirmations as rounds
from handlers.documents.service.rounds import orders, progress
from handlers.documents.service.rounds.balance_confirmations import NoConfirmation
from handlers.ledger.model.interest import Rate
from handlers.ledger.rates import book
from handlers.ledger.service.customer_import import set_debtor
from handlers.ledger.service.lookup import NotYours
from storage import background_tasks
from storage.documents import balance_rounds, register
from storage.documents.balance_rounds import KIND
from storage.invoices import customers
from tests.books import books, desk, rules
from tests.documents.test_kinds import text_of
from tests.driver import Office, Seen
from tests.running import Running

__all__ = ["books", "desk", "rules"]

NUMBERS = re.compile(r"ZD-\d{6}")
DAY = date(2026, 10, 31)
BEATA = "U0BEATA"  # of finance
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
    with bot.turns.turn(HOME, BEATA) as turn:
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
    with bot.turns.turn(HOME) as turn:
        customer = rounds.addressees(turn, DAY)[0].id
        asked = Asked("account_statement", customer, DAY, "en", {})
        other = requests.request(turn, asked, "view:V1").number
    with bot.turns.turn(HOME, "U0ANNA") as turn, pytest.raises(NotYours):
        rounds.note_answer(turn, first.number, "agrees")
    with bot.turns.turn(HOME, BEATA) as turn:
        with pytest.raises(NoConfirmation, match=other):
            rounds.note_answer(turn, other, "agrees")
        with pytest.raises(NoSuchDocument):
            rounds.note_answer(turn, "ZD-999999", "agrees")
        assert {each.answer for each in rounds.standings(turn, DAY)} == {""}


def asks_everybody(desk: Office) -> None:
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    desk.beata.clicks("Zapytaj wszystkich…", on=desk.beata.notes("#general")[-1]).submits()


def card_of(desk: Office) -> Seen:
    """The card that says how far the newest round is."""
    return [seen for seen in desk.beata.dm if seen.has(progress_looks.ANSWERS)][-1]


def test_finance_asks_everybody_in_slack_and_notes_what_came_back(
    desk: Office, bot: Running
) -> None:
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    listing = desk.beata.notes("#general")[-1]
    assert "0 potwierdzeń sporządzonych" in listing
    desk.beata.clicks("Zapytaj wszystkich…", on=listing).submits()
    papers = [seen for seen in desk.beata.dm if seen.files]
    with bot.turns.turn(HOME, BEATA) as turn:
        told = rounds.standings(turn, DAY)
    assert len(papers) == len(told) > 3
    card = card_of(desk)
    assert "✅ Zakończone" in card
    assert "0 odpowiedzi" in card
    assert not card.has(progress_looks.MISSING)
    desk.beata.clicks("Kto odpowiedział", on=card)
    desk.beata.clicks("Zgodne", on=desk.beata.dm[-1])
    with bot.turns.turn(HOME, BEATA) as turn:
        assert [each.answer for each in rounds.standings(turn, DAY)].count("agrees") == 1
    assert "1 odpowiedź" in card_of(desk)


def test_one_who_lacks_something_holds_nobody_up_and_is_asked_once_it_is_mended(
    desk: Office, bot: Running
) -> None:
    """One lacks an address, the law of another a rate of interest."""
    with bot.turns.turn(HOME) as turn:
        asked = rounds.addressees(turn, DAY)
        (hospital,) = [each for each in asked if each.name.startswith("Kowalska")]
        nowhere, *others = [each for each in asked if each != hospital]
        customers.change(turn, nowhere.id, address="")
        set_debtor(turn, hospital, "medical")
        last = {"table": "PL-medical", "from": "2026-07-01", "to": "2026-09-30"}
        rate = book.read_rate({**last, "rate": "11.75", "source": "M.P."})
        assert isinstance(rate, Rate)
        book.enter(turn, rate)
    asks_everybody(desk)
    with bot.turns.turn(HOME, BEATA) as turn:
        assert {each.customer for each in rounds.standings(turn, DAY)} == {
            each.name for each in others
        }
    card = card_of(desk)
    assert "✅ Zakończone" in card
    assert "brak potwierdzenia dla 2 klientów" in card
    desk.beata.clicks("Czego brakuje", on=card)
    lines = str(desk.beata.dm[-1]).splitlines()
    (address,) = [line for line in lines if nowhere.name in line]
    (rate_line,) = [line for line in lines if hospital.name in line]
    assert "Adres" in address
    assert "PL-medical" in rate_line
    with bot.turns.turn(HOME) as turn:
        customers.change(turn, nowhere.id, address="ul. Nowa 1\n00-001 Warszawa")
        set_debtor(turn, hospital, "business")
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    desk.beata.clicks("Zapytaj wszystkich…", on=desk.beata.notes("#general")[-1])
    assert "2 klienci" in desk.beata.modal.text
    desk.beata.submits()
    with bot.turns.turn(HOME, BEATA) as turn:
        assert len(rounds.standings(turn, DAY)) == len(others) + 2
    desk.beata.clicks("Zapytaj wszystkich…", on=desk.beata.notes("#general")[-1])
    assert "jest już zamówione" in desk.beata.picture()


def test_round_goes_on_where_a_kill_left_it(desk: Office, bot: Running) -> None:
    """Whoever had its work in hand is gone; what they had is taken up after their lease."""
    with bot.turns.turn(HOME, "U0BEATA") as turn:
        asked = orders.begin(turn, DAY, GIVEN, "view:V1")
        assert orders.begin(turn, DAY, GIVEN, "view:V1") == asked
    for _ in range(2):
        bot.playground.run(bot.bot.worker.run_due())
        bot.playground.run(bot.bot.sender.carry())
        with bot.turns.transaction() as db:
            assert background_tasks.claim(db, clock.real(), timedelta(0), 8)
    halfway = re.search(r"Gotowe: (\d+) z (\d+)", str(card_of(desk)))
    assert halfway
    assert int(halfway[1]) < int(halfway[2]) == asked
    bot.settle()
    assert "✅ Zakończone" in card_of(desk)
    assert len([seen for seen in desk.beata.dm if seen.has(progress_looks.ANSWERS)]) == 1
    papers = [file["name"] for seen in desk.beata.dm for file in seen.files]
    assert len(set(papers)) == len(papers) == asked


def test_who_got_one_singly_while_they_waited_for_their_turn_gets_no_second(
    desk: Office, bot: Running
) -> None:
    with bot.turns.turn(HOME, BEATA) as turn:
        asked = orders.begin(turn, DAY, GIVEN, "view:V1")
        first = rounds.addressees(turn, DAY)[0]
        single = requests.request(turn, Asked(KIND, first.id, DAY, "pl", GIVEN), "view:V2")
    bot.settle()
    assert "✅ Zakończone" in card_of(desk)
    assert "brak potwierdzenia" not in card_of(desk)
    with bot.turns.turn(HOME, BEATA) as turn:
        papers = balance_rounds.confirmations(turn, DAY)
    assert [each.document for each in papers if each.customer == first.id] == [single.id]
    assert len(papers) == asked


def test_round_that_is_not_there_is_said_to_finance_and_hidden_from_others(
    desk: Office, bot: Running
) -> None:
    with bot.turns.turn(HOME, "U0BEATA") as turn, pytest.raises(NoSuchDocument):
        progress.lacking(turn, 7, turn.words)
    asks_everybody(desk)
    card = card_of(desk)
    desk.piotr.forges("Kto odpowiedział", on=card)
    (answer,) = card.channel.notes["U0PIOTR"]
    assert "Faktury widzą dział finansów" in str(answer)
    assert "potwierdz" not in str(answer)


def test_who_asked_and_left_gets_no_more_of_it(desk: Office, bot: Running) -> None:
    with bot.turns.turn(HOME, BEATA) as turn:
        orders.begin(turn, DAY, GIVEN, "view:V1")
    desk.beata.changes(deleted=True)
    bot.settle()
    with bot.turns.turn(HOME) as turn:
        assert register.customers_of(turn, KIND, DAY, register.ORDERED) == set()
        states = select(background_tasks.tasks.c.state)
        assert turn.db.execute(states).scalars().all() == ["done"]


def test_round_of_who_may_no_longer_is_at_its_end(desk: Office, bot: Running) -> None:
    with bot.turns.turn(HOME, "U0ILDIKO") as turn:
        orders.begin(turn, DAY, GIVEN, "view:V1")
    desk.ildiko.leaves("#bo-accounting")
    bot.settle()
    (card,) = [seen for seen in desk.ildiko.dm if seen.has(progress_looks.ANSWERS)]
    assert card.has(progress_looks.MISSING)
    assert "✅" in card


def test_round_of_who_left_is_told_to_finance_and_a_colleague_goes_on(
    desk: Office, bot: Running
) -> None:
    with bot.turns.turn(HOME, BEATA) as turn:
        count = orders.begin(turn, DAY, GIVEN, "view:V1")
    desk.beata.changes(deleted=True)
    bot.settle()
    (told,) = [seen for seen in desk.marek.sees("#bo-accounting") if "Salda na dzień" in seen]
    assert f"nie zapytano {count} kontrahentów" in told
    desk.marek.types("/document potwierdzenia sald 2026-10-31", "#general")
    desk.marek.clicks("Zapytaj wszystkich…", on=desk.marek.notes("#general")[-1]).submits()
    assert len([seen for seen in desk.marek.dm if seen.files]) > 3


def test_a_term_that_is_past_is_said_at_its_field(desk: Office) -> None:
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    desk.beata.clicks("Zapytaj wszystkich…", on=desk.beata.notes("#general")[-1])
    desk.beata.fills(reply_by="2026-11-01").submits()
    assert "Termin odpowiedzi" in desk.beata.modal.errors


def test_longer_list_of_what_is_missing_has_pages() -> None:
    rows = [Lacking(f"Customer {n:02}", "Address (Customer)") for n in range(45)]
    pages = [progress_looks.missing(7, rows, Words("en"), skip)[1] for skip in (0, 20, 40)]
    assert [len(re.findall(r"Customer \d\d", str(page))) for page in pages] == [20, 20, 5]
    assert "… and 25 more" in str(pages[0])
    assert [progress_looks.MORE_MISSING in str(page) for page in pages] == [True, True, False]


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
    asks_everybody(desk)
    desk.beata.types("/document potwierdzenia sald 2026-10-31", "#general")
    first = NUMBERS.findall(str(desk.beata.notes("#general")[-1].blocks))
    desk.beata.clicks(looks.MORE, on=desk.beata.notes("#general")[-1])
    second = NUMBERS.findall(str(desk.beata.notes("#general")[-1].blocks))
    assert second
    assert set(first).isdisjoint(second)
