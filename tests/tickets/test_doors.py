"""Every way in: each makes the same kind of ticket, once."""

import pytest

from bot.playground.slack.acts.administrator import run_step
from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.desk import asks, draft, newest_card


def test_global_shortcut_opens_the_form(office: Office) -> None:
    office.kata.shortcut("tickets.new").fills(
        type="it_help", subject="Wi-Fi", description="Nincs wifi"
    ).submits()
    assert "*BO-1* · Wi-Fi" in newest_card(office)


def test_form_on_behalf_of_a_colleague_with_followers_and_files(office: Office) -> None:
    office.anna.types("/ticket Nowy monitor").fills(
        type="it_help", requester="kata", followers=["piotr", "olga"]
    )
    office.anna.submits()
    assert "Goście nie mogą obserwować zgłoszeń" in str(office.anna.modal.errors)
    office.anna.fills(followers=["piotr"])
    office.anna.fills(files=[draft(office, "monitor.jpg", "anna")]).submits()
    card = newest_card(office)
    assert "asked by Kata Szabó" in card
    assert card.thread[0].files[0]["name"] == "monitor.jpg"
    assert "BO-1" in office.kata.dm[0]
    assert office.kata.dm[0].buttons
    for follower in (office.anna, office.piotr):
        assert follower.dm[0].buttons == ["Otwórz"]


def test_message_shortcut_is_followed_in_the_thread_which_is_taken_over(office: Office) -> None:
    root = office.kata.says("#front-desk", "A nyomtató megint elromlott\nMásodik emelet")
    office.piotr.replies(root, "U nas też")
    office.anna.shortcut("tickets.from_message", on=root)
    assert office.anna.modal.value("subject") == "A nyomtató megint elromlott"
    office.anna.fills(type="it_help", requester="kata").submits()
    card = newest_card(office)
    assert "asked by Kata Szabó" in card
    assert "U nas też" in card.thread[0]
    (_theirs, own) = root.again().thread
    assert "BO-1" in own
    office.tomasz.clicks("Take", on=card).replies(card, "On my way")
    assert "On my way" in root.again().thread[-1]
    office.kata.replies(root, "Köszi, de a lift sem megy")
    assert "a lift sem megy" in card.again().thread[-1]
    assert office.anna.dm  # who asked for somebody else follows


def test_message_shortcut_where_the_bot_is_not_is_followed_in_the_direct_message(
    office: Office,
) -> None:
    message = office.anna.says("@piotr", "Drukarka stoi")
    office.anna.shortcut("tickets.from_message", on=message).fills(type="it_help").submits()
    assert "BO-1" in office.anna.dm[0]


def test_emoji_makes_a_ticket_of_the_author_and_the_reactor_follows(office: Office) -> None:
    message = office.kata.says("#front-desk", "Kellene egy új egér")
    office.anna.reacts(message, "ticket")
    card = newest_card(office)
    assert "asked by Kata Szabó" in card
    assert card.channel.name == "bo-customers"  # the catalogue's default type
    assert "BO-1" in message.again().thread[0]
    assert "Obserwujesz to zgłoszenie" in office.anna.dm[0]
    office.piotr.reacts(message, "ticket")
    office.piotr.reacts(message, "eyes")
    assert "*BO-1*" in newest_card(office)


def test_emoji_on_a_reply_takes_the_whole_thread_over(office: Office) -> None:
    root = office.kata.says("#front-desk", "Jó napot")
    office.piotr.replies(root, "Dzień dobry, coś się stało?")
    reply = office.kata.replies(root, "Elveszett a kulcsom")
    office.anna.reacts(reply, "ticket")
    card = newest_card(office)
    assert "Elveszett a kulcsom" in card
    assert [line.text.split("\n")[-1] for line in card.thread] == [
        "Jó napot",
        "Dzień dobry, coś się stało?",
    ]


def test_emoji_in_the_departments_own_channel_takes_its_default_type(office: Office) -> None:
    message = office.tomasz.says("#bo-it", "Server room is warm")
    office.daniel.reacts(message, "ticket")
    assert "IT help" in newest_card(office)


def test_intake_channel_makes_a_ticket_with_a_complete_button(office: Office) -> None:
    message = office.anna.says("#intake", "Potrzebuję nowej pieczątki")
    card = newest_card(office)
    assert "*BO-1* · Potrzebuję nowej pieczątki" in card
    (own,) = message.thread
    assert "BO-1" in own
    office.lena.clicks("Take", on=card)
    assert "Łena Krawczyk" in own.again()


def test_burst_is_one_ticket_and_a_later_message_another(office: Office) -> None:
    office.anna.says("#intake", "Potrzebuję pieczątki")
    office.later(60)
    office.anna.says("#intake", "Takiej z adresem w Łodzi")
    card = newest_card(office)
    assert "*BO-1*" in card
    assert "Takiej z adresem w Łodzi" in card
    office.kata.says("#intake", "Nekem is kell bélyegző")
    assert "*BO-2*" in newest_card(office)
    office.later(200)
    office.anna.says("#intake", "I jeszcze toner do drukarki")
    assert "*BO-3*" in newest_card(office)


def test_edit_of_the_message_that_made_it_changes_the_ticket(office: Office) -> None:
    message = office.anna.says("#intake", "Potrzebuję pieczątki")
    more = office.anna.says("#intake", "dwóch sztuk")
    office.anna.edits(more, "trzech sztuk")
    assert "trzech sztuk" in newest_card(office)
    office.anna.deletes(more)
    assert "trzech sztuk" not in newest_card(office)
    office.anna.deletes(message)
    assert "Potrzebuję pieczątki" not in newest_card(office)
    assert "(the message was deleted)" in newest_card(office)


def test_thanks_nods_and_opted_out_messages_make_no_ticket(office: Office) -> None:
    for text in (
        "dzięki!",
        "ok :+1:",
        "Köszi szépen",
        "thanks a lot everyone",
        "// just a note",
        "👍",
    ):
        office.anna.says("#intake", text)
    assert all(
        not channel.messages
        for channel in office.world.channels.values()
        if channel.name.startswith("bo-")
    )


def test_help_by_mention_in_the_intake_channel_makes_no_ticket(office: Office) -> None:
    bot = office.world.app.bot_user_id
    message = office.anna.says("#intake", f"<@{bot}> pomoc")
    assert message.again().thread == []
    assert "/ticket" in str(office.world.channel_named("intake").notes[office.anna.id][-1])
    office.anna.says("#intake", f"<@{bot}> pomoc przy drukarce na piętrze")
    assert "*BO-1*" in newest_card(office)


def test_complete_asks_for_what_is_missing(office: Office) -> None:
    message = office.tomasz.says("#intake", "Pieczątka jest zła")
    card = newest_card(office)
    office.lena.clicks("tickets.open", on=card).clicks("Rodzaj, priorytet…").fills(
        type="invoice_correction"
    ).submits()
    own = message.again().thread[0]
    assert "Brakuje jeszcze: Faktura do korekty i Co jest błędne." in own
    office.tomasz.clicks("tickets.complete", on=own)
    office.tomasz.fills(field_invoice="FV/2026/11/0042", field_wrong="vat").submits()
    assert "Brakuje" not in own.again()
    assert "FV/2026/11/0042" in newest_card(office)
    assert "brakujące dane uzupełnione" in newest_card(office).thread[-1]


def test_later_edit_of_the_first_message_leaves_what_was_completed(office: Office) -> None:
    message = office.tomasz.says("#intake", "Pieczątka jest zła")
    card = newest_card(office)
    office.lena.clicks("tickets.open", on=card).clicks("Rodzaj, priorytet…").fills(
        type="invoice_correction"
    ).submits()
    office.tomasz.clicks("tickets.complete", on=message.again().thread[0])
    office.tomasz.fills(
        field_invoice="FV/2026/11/0042", field_wrong="vat", description="VAT 8% zamiast 23%"
    ).submits()
    office.tomasz.edits(message, "Faktura jest bardzo zła")
    card = newest_card(office)
    assert "VAT 8% zamiast 23%" in card
    assert "bardzo zła" not in card
    assert "Faktura jest bardzo zła" in card.thread[-1]  # the agents read it beneath


def test_mention_offers_the_form_with_what_was_written(office: Office) -> None:
    bot = office.world.app.bot_user_id
    message = office.anna.says("#front-desk", f"<@{bot}> drukarka nie działa")
    (offered,) = office.world.channel_named("front-desk").notes[office.anna.id]
    assert "Przekazać to do back office?" in str(offered)
    office.anna.clicks("Złóż zgłoszenie").fills(type="it_help").submits()
    assert "*BO-1* · drukarka nie działa" in newest_card(office)
    assert "BO-1" in message.again().thread[-1]


def test_direct_message_offers_the_form_or_one_of_their_tickets(office: Office) -> None:
    dm = office.world.direct_channel({office.anna.id, office.world.app.bot_user_id})
    office.anna.says(dm, "Drukarka nie działa")
    office.anna.clicks("Złóż zgłoszenie").fills(type="it_help").submits()
    card = newest_card(office)
    office.anna.says(dm, "dzięki")
    office.anna.says(dm, "A na trzecim piętrze też nie")
    office.anna.clicks("Dopisz do BO-1")
    assert "A na trzecim piętrze też nie" in card.again().thread[-1]


def test_number_in_the_direct_message_is_answered_with_the_ticket(office: Office) -> None:
    asks(office)
    for who, text in (("piotr", "BO-1"), ("tomasz", "bo 1")):
        office[who].says("@zaplecze", text)
        answer = office[who].dm[-1]
        assert "*BO-1* · " in answer
        office[who].clicks("Otwórz", on=answer)
        assert office[who].modal.title == "BO-1"
    office.anna.says("@zaplecze", "BO-1")
    refused = office.anna.dm[-1].text
    assert "BO-1" not in refused
    office.piotr.closes(everything=True)
    office.piotr.says("@zaplecze", "BO-2")
    assert office.piotr.dm[-1].text == refused


def test_file_sent_to_the_bot_goes_with_the_ticket(office: Office) -> None:
    dm = office.world.direct_channel({office.anna.id, office.world.app.bot_user_id})
    office.anna.says(dm, "Ekran jest pęknięty", files=[draft(office, "ekran.jpg", "anna")])
    office.anna.clicks("Złóż zgłoszenie").fills(type="it_help").submits()
    card = newest_card(office)
    assert card.thread[0].files[0]["name"] == "ekran.jpg"
    office.anna.says(dm, "Z drugiej strony", files=[draft(office, "obudowa.jpg", "anna")])
    office.anna.clicks("Dopisz do BO-1")
    assert card.again().thread[-1].files[0]["name"] == "obudowa.jpg"


def test_question_that_was_answered_has_no_buttons_any_more(office: Office) -> None:
    dm = office.world.direct_channel({office.kata.id, office.world.app.bot_user_id})
    office.kata.uploads(dm, "képernyő.jpg", b"repedt")
    asked = office.kata.dm[-1]
    office.kata.clicks("tickets.offer", on=asked)
    office.kata.fills(type="it_help", subject="Repedt a képernyő", description="Leesett").submits()
    assert asked.again().buttons == []
    assert "*BO-1* · Repedt a képernyő – az ügy itt van" in asked.again()
    office.kata.uploads(dm, "hátulja.jpg", b"repedt")
    asked = next(seen for seen in reversed(office.kata.dm) if seen.has("tickets.offer"))
    office.kata.clicks("tickets.add_to:1", on=asked)
    assert asked.again().buttons == []
    assert "Hozzáfűzve: BO-1" in asked.again()


def test_long_description_survives_completing(office: Office) -> None:
    message = office.tomasz.says("#intake", "Pieczątka jest zła\n" + "bardzo " * 600 + "koniec")
    card = newest_card(office)
    office.lena.clicks("tickets.open", on=card).clicks("Rodzaj, priorytet…").fills(
        type="invoice_correction"
    ).submits()
    office.tomasz.clicks("tickets.complete", on=message.again().thread[0])
    office.tomasz.fills(field_invoice="FV/2026/11/0042", field_wrong="vat").submits()
    office.tomasz.types("/ticket search koniec")
    assert "BO-1" in str(office.tomasz.notes("#general")[-1])


def test_long_message_to_the_bot_is_passed_on_whole(office: Office, bot: Running) -> None:
    dm = office.world.direct_channel({office.anna.id, office.world.app.bot_user_id})
    long = "Lista „braków”:\n" + "\n".join(f'- "pozycja" nr {n} \\ brak' for n in range(150))
    office.anna.says(dm, long)
    office.anna.clicks("Złóż zgłoszenie").fills(type="it_help").submits()
    card = newest_card(office)
    assert '- "pozycja" nr 30 \\ brak' in card
    office.anna.says(dm, f"I jeszcze:\n{long}")
    office.anna.clicks("Dopisz do BO-1", on=office.anna.dm[-1])
    assert '- "pozycja" nr 149 \\ brak' in "\n".join(map(str, card.again().thread))
    office.anna.says(dm, f"Na koniec:\n{long}")
    button = office.anna.dm[-1]
    assert not office.anna.notes(dm.id)  # the question itself says what came of it
    office.later(31 * 24 * 3600)
    bot.tick()
    office.anna.clicks("Złóż zgłoszenie", on=button)
    assert "Napisz to" in office.anna.dm[-1]


def test_workflow_step_gives_number_and_link(office: Office) -> None:
    inputs = {
        "request_type": "it_help",
        "subject": "New laptop",
        "requester": office.kata.id,
        "priority": "high",
    }

    async def run() -> str:
        return run_step(office.world, "tickets.step", inputs)

    execution = office.playground.run(run())
    office.calm()
    done = office.world.executions[execution]
    assert done["status"] == "completed"
    assert done["outputs"]["number"] == "BO-1"
    assert (
        done["outputs"]["link"] == f"https://slack.com/app_redirect?app={office.world.app.app_id}"
    )  # theirs with us
    assert "asked by Kata Szabó" in newest_card(office)


def test_workflow_step_with_a_wrong_type_fails_with_a_sentence(office: Office) -> None:
    async def run() -> str:
        wrong = {"request_type": "pizza", "subject": "x", "requester": office.kata.id}
        return run_step(office.world, "tickets.step", wrong)

    execution = office.playground.run(run())
    office.calm()
    assert "“pizza” is no request type" in office.world.executions[execution]["error"]


def test_guests_and_other_companies_have_no_doors(office: Office) -> None:
    office.olga.says("#front-desk", "Poproszę klucz")
    office.olga.types("/ticket klucz", "#front-desk")
    assert "pracownicy (nie goście)" in office.olga.notes("#front-desk")[-1].text
    shared = office["j.kowalska"].says("#ext-kowalska", "Gdzie jest nasz klucz?")
    office.piotr.reacts(shared, "ticket")
    card = newest_card(office)
    assert (
        "asked by Piotr Nowak" in card
    )  # the colleague asks on; nothing is posted where outsiders read
    assert shared.again().thread == []


@pytest.mark.parametrize(
    ("who", "text", "channel"),
    [
        ("anna", "Ekspres do kawy cieknie", "bo-it"),
        ("kata", "Nem jó a jelszavam", "bo-it"),
        ("emma", "A parcel for Szeged please", "bo-logistics"),
        ("anna", "Potrzebuję pieczątki", "bo-customers"),  # no word fits: the channel's own type
    ],
)
def test_words_tell_the_type_of_what_is_made_at_once(
    office: Office, who: str, text: str, channel: str
) -> None:
    office[who].says("#intake", text)
    assert newest_card(office).channel.name == channel
    message = office[who].says("#front-desk", text)
    office.piotr.reacts(message, "ticket")
    card = newest_card(office)
    assert "BO-2" in card
    assert card.channel.name == channel


def test_requester_changes_a_guessed_type_with_one_click(office: Office) -> None:
    message = office.anna.says("#intake", "Ekspres do kawy dla Kowalskiej")
    card = newest_card(office)
    (own,) = message.thread
    office.anna.chooses("tickets.choose_type", "Wysyłka", on=own)
    moved = newest_card(office)
    assert moved.channel.name == "bo-logistics"
    assert "went to" in card.again()


def test_requester_who_chose_the_wrong_type_by_a_slip_chooses_again(office: Office) -> None:
    message = office.kata.says("#intake", "Csöpög a kávégép")
    (own,) = message.thread
    office.kata.chooses("tickets.choose_type", "Szállítás", on=own)
    office.kata.chooses("tickets.choose_type", "Eszköz javítása", on=own)
    back = newest_card(office)
    assert back.channel.name == "bo-it"
    assert "Repair of equipment" in back
    assert "Eszköz javítása" in own.again()
    office.tomasz.replies(back, "Már megyek")
    assert not own.again().has("tickets.choose_type")


def test_guessed_type_is_asked_about_until_an_agent_answers_or_chooses(office: Office) -> None:
    message = office.anna.says("#intake", "Drukarka nie działa")
    card = newest_card(office)
    (own,) = message.thread
    office.tomasz.clicks("tickets.open", on=card).clicks("tickets.retype")
    office.tomasz.fills(priority="high").submits()
    assert own.again().has("tickets.choose_type")
    office.tomasz.replies(card, "Która?")
    assert not own.again().has("tickets.choose_type")
    message = office.kata.says("#intake", "Nem megy a net")
    (own,) = message.thread
    assert own.has("tickets.choose_type")
    office.tomasz.clicks("tickets.open", on=newest_card(office)).clicks("tickets.retype")
    office.tomasz.fills(type="it_help").submits()
    assert not own.again().has("tickets.choose_type")


def test_type_that_was_chosen_in_a_form_is_not_asked_again(office: Office) -> None:
    asks(office, "anna")
    assert not office.anna.dm[0].has("tickets.choose_type")


def test_message_shortcut_asks_for_the_author(office: Office) -> None:
    message = office.kata.says("#front-desk", "Elromlott a nyomtató")
    office.anna.shortcut("tickets.from_message", on=message).fills(type="it_help").submits()
    card = newest_card(office)
    assert "asked by Kata Szabó" in card
    assert "Az ügy itt van" in message.again().thread[0]  # she reads Hungarian


def test_long_thread_comes_as_one_file_and_the_last_ten(office: Office) -> None:
    root = office.anna.says("#front-desk", "Drukarka")
    said = [office.piotr.replies(root, f"Wpis {number}.") for number in range(30)]
    office.anna.reacts(root, "ticket")
    card = newest_card(office)
    shown = [seen for seen in card.thread if "Wpis" in seen]
    assert [seen.text.splitlines()[-1] for seen in shown] == [f"Wpis {n}." for n in range(20, 30)]
    assert "Wpis 19." in bundled(office, card)
    assert "Wpis 20." not in bundled(office, card)
    office.piotr.edits(said[3], "Poprawka")
    assert "Poprawka" in bundled(office, card)
    assert "Wpis 3." not in bundled(office, card)
    office.piotr.deletes(said[4])
    assert "Wpis 4." not in bundled(office, card)
    office.tomasz.clicks("tickets.open", on=card)
    assert "Wpis 5." in office.tomasz.modal or office.tomasz.modal.has("tickets.said:earlier")


def test_thread_of_twenty_comes_one_by_one(office: Office) -> None:
    root = office.anna.says("#front-desk", "Drukarka")
    for number in range(20):
        office.piotr.replies(root, f"Wpis {number}.")
    office.anna.reacts(root, "ticket")
    card = newest_card(office)
    assert sum("Wpis" in seen for seen in card.thread) == 20
    assert not any(seen.files for seen in card.thread)


def bundled(office: Office, card: Seen) -> str:
    """The text of the one file in a card's thread."""
    (file,) = [file for seen in card.again().thread for file in seen.files]
    return (office.world.store.bytes_of(file["id"]) or b"").decode()
