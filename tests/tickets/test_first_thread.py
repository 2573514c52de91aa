"""One ticket from the first word to the last: form, cards, take, mirrored replies, resolution."""

from tests.driver import Office, Seen


def asks(office: Office, who: str = "piotr", text: str = "Drukarka nie działa") -> Seen:
    """Somebody asks IT for help through the form; the card in IT's channel."""
    office[who].types(f"/ticket {text}").fills(type="it_help").submits()
    return office.tomasz.sees("#bo-it")[-1]


def test_form_makes_a_numbered_ticket_with_a_card_for_each_side(office: Office) -> None:
    office.anna.types("/ticket Drukarka nie działa")
    assert office.anna.modal.title == "Nowe zgłoszenie"
    assert office.anna.modal.value("subject") == "Drukarka nie działa"
    office.anna.fills(type="it_help").submits()
    assert not office.anna.has_modal
    (agents,) = office.tomasz.sees("#bo-it")
    assert "*BO-1* · Drukarka nie działa" in agents
    assert "asked by Anna Zielińska" in agents  # the channel speaks English
    (own,) = office.anna.dm
    assert "*BO-1* · Drukarka nie działa" in own
    assert "jeszcze nikt jej nie wziął" in own  # Anna reads Polish


def test_numbers_have_no_gaps(office: Office) -> None:
    asks(office)
    office.anna.types("/ticket").fills(type="it_help", subject="   ", description="?").submits()
    assert office.anna.modal.errors
    office.anna.closes()
    assert "BO-2" in asks(office, "kata", "Nem megy a net")


def test_take_shows_who_has_it_on_both_cards(office: Office) -> None:
    card = asks(office)
    office.tomasz.clicks("Take", on=card)
    assert "@Tomasz Lewandowski" in card.again()
    assert "Take" not in card.again().buttons
    assert "Zajmuje się tym Tomasz Lewandowski" in office.piotr.dm[0]


def test_second_click_tells_who_was_first(office: Office) -> None:
    card = asks(office)
    office.settle = lambda: None  # both see the card as it was
    office.tomasz.clicks("Take", on=card)
    office.daniel.clicks("Take", on=card)
    assert (
        "Tomasz Lewandowski was first: BO-1 is already taken." in office.daniel.notes("#bo-it")[-1]
    )


def test_only_agents_take(office: Office) -> None:
    card = asks(office)
    office.anna.forges("Take", on=card)
    assert "Take" in card.again().buttons


def test_replies_are_mirrored_both_ways_with_the_name(office: Office) -> None:
    card = asks(office)
    own = office.piotr.dm[0]
    office.piotr.replies(own, "Na drugim piętrze, <obok> *kuchni*")
    (mirrored,) = card.again().thread
    assert "Piotr Nowak" in mirrored
    assert "<obok>" in mirrored
    office.tomasz.replies(card, "I come at 10")
    assert "I come at 10" in own.again().thread[-1]
    assert "Tomasz Lewandowski" in own.again().thread[-1]


def test_edits_and_deletions_reach_the_other_side(office: Office) -> None:
    card = asks(office)
    said = office.piotr.replies(office.piotr.dm[0], "Drugie piętro")
    office.piotr.edits(said, "Trzecie piętro")
    (mirrored,) = card.again().thread
    assert "Trzecie piętro" in mirrored
    assert "Drugie piętro" not in mirrored
    office.piotr.deletes(said)
    assert card.again().thread == []


def test_internal_note_stays_with_the_agents(office: Office) -> None:
    card = asks(office)
    note = office.tomasz.replies(card, "// he breaks it every week")
    assert "zgłaszający tego nie przeczyta" in office.tomasz.notes("#bo-it")[-1]
    own = office.piotr.dm[0]
    assert own.again().thread == []
    assert "lock" in note.again().reactions
    office.tomasz.edits(note, "he breaks it every week, I am on my way")
    assert len(own.again().thread) == 1
    assert "lock" not in note.again().reactions
    office.tomasz.edits(note, "// he breaks it every week")
    assert own.again().thread == []
    assert "lock" in note.again().reactions


def test_note_is_marked_only_where_the_app_may(office: Office) -> None:
    card = asks(office)
    assert office.tomasz.replies(card, "I come at 10").reactions == {}
    office.world.app.scopes.discard("reactions:write")
    assert office.tomasz.replies(card, "// with a new one").again().reactions == {}
    assert office.piotr.dm[0].again().thread[-1].text.endswith("I come at 10")


def test_resolution_is_told_to_the_requester(office: Office) -> None:
    card = asks(office)
    office.tomasz.clicks("Take", on=card).clicks("Resolve", on=card)
    own = office.piotr.dm[0]
    assert "Załatwione" in own
    assert "BO-1 – załatwione (Tomasz Lewandowski)." in own.again().thread[-1]
    assert card.again().buttons == ["More…"]


def test_reply_reopens_a_resolved_ticket_but_thanks_do_not(office: Office) -> None:
    card = asks(office)
    office.tomasz.clicks("Take", on=card).clicks("Resolve", on=card)
    office.piotr.replies(office.piotr.dm[0], "Super, dzięki! :tada:")
    assert "Resolved" in card.again()
    office.piotr.replies(office.piotr.dm[0], "Jednak znowu nie drukuje")
    assert "In progress" in card.again()
