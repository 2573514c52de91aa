"""What a requester does: add, nudge, close, reopen, rate; and what they read before they send."""

import pytest

from tests.driver import Office
from tests.people.test_undrawn import forged
from tests.running import Running
from tests.tickets.desk import asks, newest_card, opened, taken

DAY = 24 * 3600


def resolved(office: Office) -> None:
    office.tomasz.clicks("Resolve", on=taken(office))


def test_requester_adds_by_form(office: Office) -> None:
    card = taken(office)
    office.piotr.clicks("Dopisz…").fills(text="Drugie piętro, obok kuchni").submits()
    assert "Drugie piętro, obok kuchni" in card.thread[-1]
    assert "Drugie piętro, obok kuchni" in office.piotr.dm[0].thread[-1]


def test_empty_addition_is_refused(office: Office) -> None:
    asks(office)
    office.piotr.clicks("Dopisz…").submits()
    assert office.piotr.modal.errors == {"Co warto wiedzieć?": "Napisz coś albo dodaj plik."}


def test_nudge_calls_the_assignee_once_in_a_while(office: Office) -> None:
    card = taken(office)
    office.piotr.clicks("Ponaglij")
    assert "@Tomasz Lewandowski Piotr Nowak asks how BO-1 is getting on." in card.thread[-1]
    office.piotr.clicks("Ponaglij")
    assert len(card.thread) == 1
    assert "Dział dostał niedawno ponaglenie" in office.piotr.picture()
    office.later(4 * 3600)
    office.piotr.clicks("Ponaglij")
    assert len(card.thread) == 2


def test_requester_who_needs_it_no_more_cancels_it(office: Office) -> None:
    card = taken(office)
    office.piotr.clicks("Już niepotrzebne")
    assert "Cancelled" in card.again()
    assert "Piotr Nowak does not need BO-1 any more." in card.thread[-1]


def test_one_click_on_a_star_rates_and_a_word_may_follow(office: Office) -> None:
    resolved(office)
    office.piotr.clicks("Wszystko w porządku").clicks("5 ★", on=office.piotr.dm[0])
    assert not office.piotr.has_modal
    card = newest_card(office)
    assert "Closed" in card
    assert ":star::star::star::star::star:" in card
    own = office.piotr.dm[0]
    assert "Twoja ocena: :star::star::star::star::star:" in own
    assert "5 ★" not in own.buttons
    office.piotr.clicks("Napisz dlaczego…", on=own).fills(comment="Szybko!").submits()
    assert "Szybko!" in card.again().thread[-1]
    assert "Napisz dlaczego…" not in office.piotr.dm[0].buttons


def test_stars_on_the_sheet_are_the_requesters(office: Office) -> None:
    resolved(office)
    office.piotr.types("/ticket BO-1").clicks("4 ★")
    assert "Twoja ocena: :star::star::star::star:" in office.piotr.modal
    office.tomasz.types("/ticket BO-1")
    assert "Your rating" not in office.tomasz.modal


def test_rating_is_given_once_and_never_for_ones_own_work(office: Office) -> None:
    card = asks(office, who="tomasz")
    office.tomasz.clicks("Take", on=card).clicks("Resolve", on=card)
    assert "5 ★" not in office.tomasz.dm[0].buttons
    office.tomasz.clicks("Wszystko w porządku")
    assert not office.tomasz.has_modal


def test_requester_reopens_within_the_days_of_the_catalogue(office: Office) -> None:
    resolved(office)
    office.piotr.clicks("Otwórz ponownie")
    card = newest_card(office)
    assert "In progress" in card
    assert "Piotr Nowak reopened BO-1." in card.thread[-1]


def test_resolved_ticket_closes_by_itself_and_then_reopening_makes_a_linked_one(
    office: Office, bot: Running
) -> None:
    resolved(office)
    own = office.piotr.dm[0]
    office.later(7 * DAY - 60)
    bot.tick()
    assert "Resolved" in newest_card(office)
    office.later(120)
    bot.tick()
    assert "Closed" in newest_card(office)
    office.later(60)
    office.piotr.clicks("Otwórz ponownie", on=own)
    new = newest_card(office)
    assert "*BO-2*" in new
    assert "linked to BO-1" in new
    office.piotr.clicks("Otwórz ponownie", on=own)
    assert "*BO-2*" in newest_card(office)
    office.piotr.replies(own, "Znowu nie drukuje")
    assert "Znowu nie drukuje" in new.again().thread[-1]
    office.piotr.replies(own, "I skrzypi")
    assert "I skrzypi" in new.again().thread[-1]
    office.piotr.replies(own, "dzięki")
    assert "*BO-2*" in newest_card(office)


def test_rating_is_given_again_after_the_work_went_on(office: Office) -> None:
    resolved(office)
    office.piotr.clicks("2 ★")
    office.piotr.clicks("Otwórz ponownie", on=office.piotr.dm[0])
    assert ":star:" not in newest_card(office)
    office.tomasz.clicks("Resolve", on=newest_card(office))
    office.piotr.clicks("5 ★", on=office.piotr.dm[0])
    assert ":star::star::star::star::star:" in newest_card(office)
    assert ":star::star::star::star::star:" in newest_card(office).thread[-1]


def test_more_is_added_first_to_the_ticket_that_waits_for_the_answer(office: Office) -> None:
    waiting = taken(office)
    office.tomasz.clicks("Answer…", on=waiting).fills(text="Which?", then="requester").submits()
    asks(office, text="Klawiatura")
    asks(office, text="Monitor")
    asks(office, text="Myszka")
    office.piotr.says("@zaplecze", "A na trzecim piętrze też nie")
    offered = office.piotr.dm[-1]
    assert [each for each in offered.buttons if "Dopisz do" in each] == [
        "Dopisz do BO-1",
        "Dopisz do BO-4",
        "Dopisz do BO-3",
    ]
    assert "*BO-1* · Drukarka nie działa" in offered


def test_similar_open_ticket_is_shown_before_sending(office: Office) -> None:
    asks(office, text="Drukarka na drugim piętrze nie drukuje")
    office.piotr.types("/ticket").fills(
        type="it_help", subject="drukarki z drugiego piętra", description="stoją"
    ).submits()
    assert "Podobne otwarte zgłoszenie: *BO-1*" in office.piotr.modal
    office.piotr.submits()
    assert not office.piotr.has_modal
    assert "*BO-2*" in newest_card(office)


def test_similar_ticket_is_opened_or_added_to_in_place_of_a_new_one(office: Office) -> None:
    card = asks(office, text="Drukarka na drugim piętrze nie drukuje")
    office.piotr.types("/ticket").fills(
        type="it_help", subject="drukarki z drugiego piętra", description="stoją od rana"
    ).submits()
    office.piotr.clicks("Otwórz")
    assert office.piotr.modal.title == "BO-1"
    office.piotr.closes().clicks("Dopisz do niego")
    assert "Dopisano do BO-1" in office.piotr.modal
    assert "stoją od rana" in card.again().thread[-1]
    assert "*BO-1*" in newest_card(office)  # there is no second one


def test_a_word_in_passing_resembles_nothing(office: Office) -> None:
    asks(office, text="Drukarka na drugim piętrze nie drukuje")
    story = (
        "Proszę o dostęp do folderu księgowości dla nowej koleżanki, która siedzi na drugim piętrze"
    )
    office.piotr.types("/ticket").fills(
        type="it_help", subject="dostęp do folderu", description=story
    ).submits()
    assert not office.piotr.has_modal
    assert "*BO-2*" in newest_card(office)


@pytest.mark.parametrize(
    ("open_one", "who", "subject", "story"),
    [
        ("Potrzebuję nowego hasła", "anna", "Potrzebuję nowego monitora", "Proszę o pomoc"),
        ("I need help with the scanner", "emma", "I need help with my parcel", "Please"),
        ("Szeretnék segítséget a nyomtatóhoz", "kata", "Szeretnék segítséget", "a szállításhoz"),
        (
            "Brama nie działa od rana",
            "piotr",
            "Telefon nie działa",
            "Od rana brak sygnału w słuchawce",
        ),
    ],
)
def test_words_in_which_anything_is_asked_for_resemble_nothing(
    office: Office, open_one: str, who: str, subject: str, story: str
) -> None:
    asks(office, who=who, text=open_one)
    office[who].types("/ticket").fills(type="it_help", subject=subject, description=story).submits()
    assert not office[who].has_modal
    assert "*BO-2*" in newest_card(office)


def test_a_word_about_the_rating_is_said_once_by_who_gave_it(office: Office, bot: Running) -> None:
    resolved(office)
    own = office.piotr.dm[0]
    office.piotr.clicks("5 ★", on=own)
    office.piotr.clicks("Napisz dlaczego…", on=own.again()).fills(comment="Szybko!").submits()
    forged(office, bot, office.piotr.id, "tickets.comment", "1", own)
    assert "ma już ocenę" in office.piotr.picture()
    forged(office, bot, office.tomasz.id, "tickets.comment", "1", own)
    assert not office.tomasz.has_modal


def test_the_history_says_how_much_came_before_what_it_shows(office: Office) -> None:
    card = asks(office)
    for _ in range(14):
        office.tomasz.clicks("Take", on=card.again())
        opened(office, "tomasz", card)
        office.tomasz.clicks("Oddaj")
        office.tomasz.closes()
    opened(office, "tomasz", card)
    assert "… i 4 wcześniejsze kroki" in office.tomasz.modal


def test_agents_verdict_on_one_case_is_no_answer_to_another(office: Office) -> None:
    office.anna.types("/ticket Zapomniałam hasło")
    assert "Nowe hasło" not in office.anna.modal
    office.anna.closes()
    office.emma.types("/ticket Is the invoice from Duna correct and when will it be paid?")
    assert "the invoice is correct" not in office.emma.modal
