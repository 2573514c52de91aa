"""What agents do with a ticket: answer, wait, note, assign, change, snooze, merge,
split, escalate.
"""

from datetime import date

from tests.driver import Office
from tests.running import Running
from tests.tickets.desk import asks, draft, newest_card, opened, taken

DAY = 24 * 3600


def test_answer_with_a_template_is_filled_in_in_the_requesters_language(office: Office) -> None:
    card = taken(office)
    office.tomasz.clicks("Answer…", on=card).fills(template="restart")
    filled = office.tomasz.modal.value("text")
    assert filled.startswith("Dzień dobry, prosimy ponownie uruchomić komputer")
    office.tomasz.fills(text=filled + "!").submits()
    assert "prosimy ponownie uruchomić" in office.piotr.dm[0].thread[-1]
    assert "prosimy ponownie uruchomić" in card.thread[-1]  # colleagues read it too


def test_answer_may_wait_for_the_requester_and_their_reply_ends_the_wait(office: Office) -> None:
    card = taken(office)
    office.tomasz.clicks("Answer…", on=card).fills(text="Which floor?", then="requester").submits()
    assert "Waiting for the requester" in card.again()
    own = office.piotr.dm[0]
    assert "Tomasz Lewandowski czeka na Twoją odpowiedź" in own
    assert "@Piotr Nowak" in own.thread[-1]
    office.piotr.replies(own, "Drugie")
    assert "In progress" in card.again()


def test_waiting_for_somebody_outside_ends_by_hand(office: Office) -> None:
    card = taken(office)
    office.tomasz.clicks("Answer…", on=card).fills(
        text="The vendor has it", then="third_party"
    ).submits()
    assert "Waiting for somebody outside" in card.again()
    opened(office, "tomasz", card)
    office.tomasz.clicks("Wznów pracę")
    assert "W toku" in office.tomasz.modal
    assert "In progress" in card.again()


def test_note_by_form_stays_with_the_agents(office: Office) -> None:
    card = taken(office)
    office.tomasz.clicks("Answer…", on=card).fills(text="He spilt coffee", then="note").submits()
    assert "He spilt coffee" in card.thread[-1]
    assert office.piotr.dm[0].thread == []
    opened(office, "tomasz", card)
    assert "He spilt coffee" in office.tomasz.modal
    office.piotr.types("/ticket BO-1")
    assert "coffee" not in office.piotr.picture()


def test_answer_may_resolve(office: Office) -> None:
    card = taken(office)
    office.tomasz.clicks("Answer…", on=card).fills(text="New toner", then="resolve").submits()
    assert "Resolved" in card.again()
    answer, told = office.piotr.dm[0].thread
    assert "New toner" in answer
    assert "załatwione" in told


def test_empty_answer_is_refused_under_its_field(office: Office) -> None:
    card = taken(office)
    office.tomasz.clicks("Answer…", on=card).submits()
    assert office.tomasz.modal.errors == {"Odpowiedź": "Najpierw coś napisz."}
    assert "Może pozostać pusta" in office.tomasz.modal
    office.tomasz.fills(then="resolve").submits()
    assert "Resolved" in card.again()


def test_agent_assigns_a_colleague_who_is_called(office: Office) -> None:
    card = asks(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Przydziel…").fills(assignee="Daniel Hughes").submits()
    assert not office.tomasz.has_modal
    assert "@Daniel Hughes" in card.again()
    assert "@Daniel Hughes BO-1 is yours." in card.thread[-1]


def test_agent_who_gives_it_to_themselves_is_not_called(office: Office) -> None:
    card = asks(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Przydziel…").fills(assignee="Tomasz Lewandowski").submits()
    assert card.again().thread == []


def test_change_of_type_moves_the_ticket_to_the_other_department_with_what_was_said(
    office: Office,
) -> None:
    card = taken(office)
    office.piotr.replies(office.piotr.dm[0], "To jednak magazyn")
    office.tomasz.replies(card, "// not ours")
    opened(office, "tomasz", card)
    office.tomasz.clicks("Rodzaj, priorytet…").fills(type="shipping").submits()
    assert card.again().buttons == []
    assert "BO-1 went to Logistics and warehouse." in card.again()
    new = newest_card(office)
    assert new.channel.name == "bo-logistics"
    assert "To jednak magazyn" in new.thread[0]
    assert "// not ours" in new.thread[0]
    office.piotr.replies(office.piotr.dm[0], "Proszę")
    assert "Proszę" in new.again().thread[-1]
    late = office.tomasz.replies(card, "too late")
    assert late.text not in office.piotr.picture()


def test_change_of_priority_is_seen_on_the_card(office: Office) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Rodzaj, priorytet…").fills(priority="urgent").submits()
    assert ":red_circle:" in card.again()
    opened(office, "tomasz", card)
    office.tomasz.clicks("Rodzaj, priorytet…").submits()
    assert "Nic się nie zmieniło – BO-" in office.tomasz.modal


def test_follower_sees_the_progress_and_nothing_to_press_but_open(office: Office) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Obserwujący…").fills(followers=["kata"]).submits()
    (followed,) = office.kata.dm
    assert "Követed ezt a bejelentést" in followed
    assert followed.buttons == ["Megnyitás"]
    office.tomasz.clicks("Resolve", on=card)
    assert "Megoldva" in followed.again()
    office.kata.clicks("Megnyitás", on=followed)
    assert office.kata.modal.buttons == []


def test_snoozed_ticket_rests_until_its_morning(office: Office, bot: Running) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Odłóż…").fills(until=date(2026, 11, 25)).submits()
    assert ":zzz:" in card.again()
    office.later(DAY)
    bot.tick()
    assert ":zzz:" in card.again()
    office.later(DAY)
    bot.tick()
    assert ":zzz:" not in card.again()
    assert "BO-1 is back in the queue." in "\n".join(map(str, card.again().thread))


def test_ticket_is_snoozed_for_two_hours_or_until_monday(office: Office, bot: Running) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Odłóż…")
    assert "Drukarka nie działa" in office.tomasz.modal
    office.tomasz.fills(soon="hours").submits()
    office.later(7100)
    bot.tick()
    assert ":zzz:" in card.again()
    office.later(200)
    bot.tick()
    assert ":zzz:" not in card.again()
    opened(office, "tomasz", card.again())
    office.tomasz.clicks("Odłóż…").fills(soon="monday").submits()
    assert ":zzz: until 2026-11-30" in card.again()


def test_snoozed_ticket_wakes_when_the_requester_writes(office: Office) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Odłóż…").submits()
    assert ":zzz: until something happens" in card.again()
    office.piotr.replies(office.piotr.dm[0], "I co?")
    assert ":zzz:" not in card.again()


def test_snoozed_ticket_is_woken_by_an_agent(office: Office) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    assert "Wznów teraz" not in office.tomasz.modal.buttons
    office.tomasz.clicks("Odłóż…").submits()
    opened(office, "tomasz", card)
    assert ":zzz: do odpowiedzi zgłaszającego" in office.tomasz.modal
    office.tomasz.clicks("Wznów teraz")
    assert ":zzz:" not in office.tomasz.modal
    assert ":zzz:" not in card.again()


def test_merged_ticket_goes_on_in_the_other(office: Office) -> None:
    first = taken(office, text="Drukarka")
    second = taken(office, who="kata", text="Nyomtató")
    office.kata.replies(office.kata.dm[0], "Nem nyomtat")
    opened(office, "tomasz", second)
    office.tomasz.clicks("Połącz…")
    assert office.tomasz.suggestions("target", "BO-1") == ["BO-1 · Drukarka"]
    office.tomasz.fills(target="BO-1").submits()
    assert "Merged" in second.again()
    assert "Nem nyomtat" in first.again().thread[-1]
    assert "A BO-2 ebben folytatódik: BO-1" in office.kata.dm[0].thread[-1]
    office.kata.replies(office.kata.dm[0], "Még mindig nem")
    assert "Még mindig nem" in first.again().thread[-1]


def test_files_of_a_merged_ticket_come_to_the_other_and_leave_with_their_message(
    office: Office,
) -> None:
    first = taken(office, text="Drukarka")
    second = taken(office, who="kata", text="Nyomtató")
    own = office.kata.dm[0]
    picture = [draft(office, "kép.png", "kata")]
    said = office.kata.says(own.channel, "Lásd a képet", thread=own, files=picture)
    opened(office, "tomasz", second)
    office.tomasz.clicks("Połącz…")
    assert office.tomasz.modal.title == "BO-2 · Połącz"
    office.tomasz.fills(target="BO-1").submits()
    assert [file["name"] for seen in first.again().thread for file in seen.files] == ["kép.png"]
    assert not [seen for seen in office.piotr.dm[0].thread if seen.files]
    office.kata.deletes(said)
    assert not [seen for seen in first.again().thread if seen.files]


def test_merged_ticket_gives_its_priority_to_the_other(office: Office) -> None:
    first = taken(office, text="Drukarka")
    second = taken(office, who="kata", text="Nyomtató")
    opened(office, "tomasz", second)
    office.tomasz.clicks("Rodzaj, priorytet…").fills(priority="urgent").submits()
    opened(office, "tomasz", second)
    office.tomasz.clicks("Połącz…")
    office.tomasz.suggestions("target", "BO-1")
    office.tomasz.fills(target="BO-1").submits()
    assert "Urgent" in first.again()


def test_split_makes_a_linked_ticket_for_the_same_person(office: Office) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Wydziel…").fills(
        type="equipment_repair", subject="Skaner też", description="Nie skanuje"
    ).submits()
    new = newest_card(office)
    assert "*BO-2* · Skaner też" in new
    assert "linked to BO-1" in new
    assert "asked by Piotr Nowak" in new
    assert "A part of BO-1 is now BO-2 · Skaner też." in card.thread[-1]


def test_escalation_raises_the_priority_and_asks_the_lead(office: Office) -> None:
    card = taken(office)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Eskaluj…").fills(why="The whole floor stands still").submits()
    assert ":large_orange_circle:" in card.again()
    (told,) = office.istvan.dm
    assert "Tomasz Lewandowski kéri, hogy nézd meg: BO-1" in told
    assert "The whole floor stands still" in told


def test_refusals_say_why(office: Office) -> None:
    card = taken(office)
    office.settle = lambda: None
    office.tomasz.clicks("Resolve", on=card).clicks("Resolve", on=card)
    assert (
        "BO-1 jest już załatwione. Najpierw otwórz je ponownie."
        in office.tomasz.notes("#bo-it")[-1]
    )


def test_others_have_no_say(office: Office) -> None:
    card = taken(office)
    office.lena.forges("Resolve", on=card)
    assert "In progress" in card.again()
    assert "mogą to zrobić tylko pracownicy działu IT i sprzęt" in office.lena.notes("#bo-it")[-1]


def test_lead_does_not_escalate_to_themselves(office: Office) -> None:
    card = asks(office)
    office.istvan.types("/ticket BO-1").clicks("tickets.escalate").fills(why="késik").submits()
    assert "Te vezeted ezt a részleget" in str(office.istvan.picture())
    assert "High priority" not in card.again()


def test_merged_card_says_with_what(office: Office) -> None:
    first = asks(office, text="Drukarka")
    second = asks(office, text="Drukarka znowu")
    opened(office, "tomasz", second)
    office.tomasz.clicks("tickets.merge").fills(target="BO-1").submits()
    assert "Merged into BO-1" in second.again()
    assert "linked to" not in second.again()
    assert "New" in first.again()


def test_rest_beyond_a_promise_is_said(office: Office) -> None:
    card = taken(office)
    office.tomasz.replies(card, "Jutro przyjdę")  # the first answer is given
    opened(office, "tomasz", card)
    office.tomasz.clicks("tickets.snooze").fills(until="2026-12-24").submits()
    assert "będzie odłożone dłużej, niż obiecano" in office.tomasz.modal
    office.tomasz.closes(everything=True)
    opened(office, "tomasz", card)
    office.tomasz.clicks("tickets.snooze").fills(soon="Za dwie godziny").submits()
    assert not office.tomasz.has_modal
