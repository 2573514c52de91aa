"""Home: what waits, what is one's own, what one may see; and the answer to help."""

import pytest

from tests.driver import Form, Office, Seen


def home(office: Office, who: str) -> Form:
    """Somebody's Home tab, opened now."""
    return office[who].opens_home().home


def asks(office: Office, who: str, text: str, kind: str = "it_help", **fields: object) -> Seen:
    """Somebody asks through the form; the newest card in IT's channel."""
    office[who].types(f"/ticket {text}").fills(type=kind).fills(fields).submits()
    return office.tomasz.sees("#bo-it")[-1]


def test_home_begins_with_what_one_can_do(office: Office) -> None:
    tab = home(office, "anna")
    assert "Nowe zgłoszenie" in tab.buttons
    assert "Nic na Ciebie nie czeka. Dobra robota!" in tab
    assert "Nie masz otwartych zgłoszeń." in tab
    office.anna.clicks("Nowe zgłoszenie", on="home")
    assert office.anna.modal.title == "Nowe zgłoszenie"


def test_own_tickets_stand_there_with_their_state_until_they_are_done(office: Office) -> None:
    card = asks(office, "anna", "Drukarka nie działa")
    assert (
        "*BO-1* · Drukarka nie działa\n:large_blue_circle: Sprawa jest w dziale IT i sprzęt"
        in home(office, "anna")
    )
    office.tomasz.clicks("Take", on=card)
    assert "Zajmuje się tym Tomasz Lewandowski." in home(office, "anna")
    office.anna.clicks("tickets.open:1", on="home")
    assert office.anna.modal.title == "BO-1"
    office.anna.closes()
    office.tomasz.clicks("Resolve", on=card)
    assert "BO-1" not in home(office, "anna")


def test_all_tickets_open_in_a_window(office: Office) -> None:
    asks(office, "anna", "Drukarka nie działa")
    home(office, "anna")
    office.anna.clicks("Wszystkie moje zgłoszenia", on="home")
    assert "BO-1" in office.anna.modal


def test_work_that_was_taken_waits_for_whoever_took_it(office: Office) -> None:
    card = asks(office, "anna", "Drukarka nie działa")
    assert "Nic na Ciebie nie czeka" in home(office, "tomasz")
    office.tomasz.clicks("Take", on=card)
    assert "BO-1" in home(office, "tomasz")
    assert "BO-1" not in home(office, "daniel")


def test_question_of_the_agent_waits_for_the_requester(office: Office) -> None:
    card = asks(office, "anna", "Drukarka nie działa")
    office.tomasz.clicks("Take", on=card)
    office.tomasz.clicks("Answer…", on=card).fills(
        text="Która drukarka?", then="requester"
    ).submits()
    waiting, _, own = str(home(office, "anna")).partition("Twoje zgłoszenia")
    assert "BO-1" in waiting
    assert "BO-1" not in own
    assert "Wszystkie otwarte czekają na Twoją odpowiedź (powyżej)." in own
    assert "Nie masz otwartych zgłoszeń." not in own


def test_approval_is_given_on_home_and_is_gone_then(desk: Office) -> None:
    fields = {"Co kupić": "Skaner kodów", "Do czego będzie służyć": "Inwentaryzacja"}
    fields |= {"Cena orientacyjna": "1200 zł", "Dla kogo": "gabor"}
    asks(desk, "anna", "Skaner", "equipment_purchase", **fields)
    tab = home(desk, "tomasz")
    assert "Czy to akceptujesz?" in tab
    assert "BO-1" in tab
    desk.tomasz.clicks("Zdecyduj…", on="home").fills(verdict="Akceptuję").submits()
    assert not desk.tomasz.has_modal
    assert "Czy to akceptujesz?" not in desk.tomasz.home


def test_queue_is_counted_for_those_who_work_it(office: Office) -> None:
    asks(office, "anna", "Drukarka nie działa")
    assert "*IT i sprzęt*: 1 otwarte zgłoszenie" in home(office, "tomasz")
    asks(office, "kata", "Nem megy a net")
    assert "*IT i sprzęt*: 2 otwarte zgłoszenia" in home(office, "tomasz")
    assert "otwarte zgłoszenia" not in home(office, "anna")
    office.tomasz.clicks("tickets.page:0", on="home")
    assert "Nem megy a net" in office.tomasz.modal


def test_account_owner_sees_the_sums_of_their_customers(desk: Office) -> None:
    tab = home(desk, "piotr")
    assert "Rozliczenia Twoich klientów" in tab
    assert "faktur po terminie" in tab
    assert "sporn" in tab
    assert "zł" in tab
    assert "Ft" not in tab  # those are Kata's
    desk.piotr.clicks("Pokaż listę", on="home")
    assert "*Należności od klientów*: najpierw te z najwcześniejszym terminem" in desk.piotr.modal
    assert "FV/2026/" in desk.piotr.modal
    assert "BB-2026" not in desk.piotr.modal  # Kata's


def test_every_open_invoice_of_the_company_can_be_turned_to(desk: Office) -> None:
    home(desk, "beata")
    desk.beata.clicks("home.money:receivable", on="home")
    assert "1–15 z 50" in desk.beata.modal
    assert "Kowalska Sp. z o.o." in desk.beata.modal
    for _ in range(3):
        desk.beata.clicks("Dalej ›")
    assert "46–50 z 50" in desk.beata.modal
    assert "Dalej ›" not in desk.beata.modal.buttons
    desk.beata.clicks("‹ Wstecz")
    assert "31–45 z 50" in desk.beata.modal


def test_finance_sees_the_sums_of_the_company_both_ways(desk: Office) -> None:
    tab = home(desk, "beata")
    assert "Finanse firmy" in tab
    assert "Należności od klientów" in tab
    assert "Zobowiązania wobec dostawców" in tab
    assert "€" in tab
    desk.beata.clicks("Przypomnienia o płatności", on="home")
    assert desk.beata.modal.title == "Przypomnienia"


def test_money_is_not_shown_to_others(desk: Office) -> None:
    tab = home(desk, "anna")
    assert "Zapytaj o fakturę…" not in tab.buttons
    assert "zł" not in tab
    assert "Finanse firmy" not in tab


def test_invoice_is_asked_for_in_a_window(desk: Office) -> None:
    home(desk, "piotr")
    desk.piotr.clicks("Zapytaj o fakturę…", on="home").fills(text="fv 2026/11/42").submits()
    assert "11 dni po terminie" in desk.piotr.modal


def test_nothing_found_is_said_in_the_window(desk: Office) -> None:
    home(desk, "piotr")
    desk.piotr.clicks("Zapytaj o fakturę…", on="home").fills(text="Nikt taki").submits()
    assert "Nikt taki" in desk.piotr.modal


def test_document_is_asked_for(desk: Office) -> None:
    home(desk, "piotr")
    desk.piotr.clicks("Zamów dokument…", on="home")
    assert desk.piotr.modal.has("customer")


def test_language_is_chosen_and_home_is_shown_in_it(office: Office) -> None:
    home(office, "anna")
    office.anna.chooses("home.language", "magyar", on="home")
    assert "Rád vár" in office.anna.home
    asks(office, "anna", "Nyomtató")
    assert "Még senki sem vette át" in office.anna.dm[-1]
    office.anna.chooses("home.language", "A Slack nyelve szerint", on="home")
    assert "Czeka na Ciebie" in office.anna.home


def quiet(office: Office, who: str, since: str | None, until: str | None) -> None:
    """Somebody chooses quiet hours on Home."""
    office[who].opens_home().clicks("home.quiet", on="home")
    office[who].fills(since=since, until=until).submits()


def test_quiet_hours_are_chosen_shown_and_ended(office: Office) -> None:
    quiet(office, "anna", "22:00", "7:00")
    assert "22:00–07:00" in office.anna.home.buttons
    office.anna.clicks("22:00–07:00", on="home")
    assert "Odpowiedzi dla Ciebie" in office.anna.modal
    assert "Od której godziny" in office.anna.modal
    office.anna.fills(since=None).submits()
    assert "Wybierz obie godziny" in office.anna.modal
    for too_much in ("7:00", "7:59"):
        office.anna.fills(since=too_much).submits()
        assert "co najmniej jedną godzinę doby" in office.anna.modal
    office.anna.fills(since=None, until=None).submits()
    assert "Wybierz…" in office.anna.home.buttons


def test_guests_read_one_sentence(office: Office) -> None:
    tab = home(office, "olga")
    assert tab.buttons == []
    assert "To back office tej przestrzeni roboczej, dostępny dla jej członków." in tab


@pytest.mark.parametrize("word", ["help", "Pomoc!", "segítség", "SÚGÓ", "co potrafisz?"])
def test_help_is_answered_in_the_direct_message(office: Office, word: str) -> None:
    office.anna.says("@zaplecze", word)
    answer = office.anna.dm[-1]
    assert "/ticket czego potrzebujesz" in str(answer).replace("`", "")
    assert "Nowe zgłoszenie" in answer.buttons
    assert "/invoice" not in answer
    assert len(office.anna.dm) == 2


def test_help_tells_of_money_only_where_it_may_be_asked(desk: Office) -> None:
    desk.piotr.says("@zaplecze", "pomoc")
    assert "/invoice numer lub klient" in str(desk.piotr.dm[-1]).replace("`", "")
    desk.beata.says("@zaplecze", "pomoc")
    assert "Przypomnienia o płatności" in desk.beata.dm[-1].buttons


def test_help_by_mention_is_whispered(office: Office) -> None:
    office.emma.says("#front-desk", "@zaplecze help")
    assert "This is what I can do for you:" in office.emma.notes("#front-desk")[-1]
    assert len(office.kata.sees("#front-desk")) == 1


def test_other_words_are_not_taken_for_help(office: Office) -> None:
    office.anna.says("@zaplecze", "Pomóż mi z fakturą od Kowalskiej")
    assert "Oto, co mogę" not in office.anna.dm[-1]
