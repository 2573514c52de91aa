"""No thread swallows words: of merged, moved and private tickets each word reaches whom it is for,
or its writer hears that nobody reads it there.
"""

from tests.driver import Office, Seen
from tests.tickets.desk import asks, newest_card, taken


def _merges(office: Office, card: Seen, into: str, who: str = "tomasz") -> None:
    office[who].clicks("tickets.open", on=card).clicks("tickets.merge")
    office[who].fills({"tickets.find": into}).submits()
    if office[who].has_modal:
        office[who].closes(everything=True)


def _reads(office: Office, who: str) -> str:
    return "\n".join(str(each) for seen in office[who].dm for each in [seen, *seen.thread])


def _two(office: Office) -> tuple[Seen, Seen]:
    first, second = asks(office, text="Drukarka A"), asks(office, text="Drukarka B", who="anna")
    _merges(office, first, "BO-2")
    return first, second


def test_agent_beneath_a_merged_ticket_speaks_to_its_own_requester(office: Office) -> None:
    first, second = _two(office)
    said = office.tomasz.replies(first, "Piotrze, toner jest w szafie nr 3")
    assert "toner jest w szafie nr 3" in _reads(office, "piotr")
    assert "Piotrze" not in _reads(office, "anna")
    assert "*Tomasz Lewandowski → Piotr Nowak*" in second.again().thread[-1]
    office.tomasz.edits(said, "Piotrze, toner jest w szafie nr 4")
    assert "szafie nr 4" in second.again().thread[-1]
    assert "szafie nr 3" not in _reads(office, "piotr")
    office.tomasz.deletes(said)
    assert "Piotrze" not in _reads(office, "piotr") + str(second.again().thread)


def test_everybody_who_asked_hears_answer_file_and_end(office: Office) -> None:
    first, second = _two(office)
    third = asks(office, text="Drukarka C", who="kata")
    _merges(office, second, "BO-3")
    office.tomasz.clicks("Take", on=third)
    said = office.tomasz.replies(third, "Toner wymieniony")
    office.tomasz.uploads(third.channel, "toner.txt", b"x")
    office.tomasz.edits(said, "Toner i bęben wymienione")
    office.tomasz.clicks("Resolve", on=third)
    for who in ("piotr", "anna", "kata"):
        words = _reads(office, who)
        assert words.count("Toner i bęben wymienione") == 1
        assert "BO-3" in words
    assert "BO-3 – załatwione" in _reads(office, "piotr")
    office.kata.replies(office.kata.dm[0], "Tylko do was: PIN 9981")
    assert "9981" not in _reads(office, "piotr") + _reads(office, "anna")
    assert first


def test_who_was_merged_hears_when_the_other_needs_it_no_more(office: Office) -> None:
    _two(office)
    office.anna.clicks("tickets.close", on=office.anna.dm[0])
    assert "BO-2 zamknięte przez: Anna" in _reads(office, "piotr")


def test_nobody_else_hears_of_what_became_private(office: Office) -> None:
    first, second = asks(office, kind="general"), asks(office, kind="general", who="anna")
    _merges(office, first, "BO-2", "lena")
    office.lena.replies(second, "Proszę o chwilę")
    assert "Proszę o chwilę" in _reads(office, "piotr")
    office.lena.clicks("tickets.open", on=second).clicks("tickets.retype")
    office.lena.fills(type="hr_question").submits()
    if office.lena.has_modal:
        office.lena.closes(everything=True)
    card = newest_card(office)
    agent = next(who for who in ("magda", "eszter", "kata", "istvan") if _works(office, who, card))
    office[agent].replies(card, "Poufne")
    assert "Poufne" in _reads(office, "anna")
    assert "Poufne" not in _reads(office, "piotr")
    assert "Proszę o chwilę" not in _reads(office, "piotr")


def _works(office: Office, who: str, card: Seen) -> bool:
    try:
        return office[who].id in card.channel.members
    except StopIteration:
        return False


def test_old_thread_of_a_private_ticket_carries_its_requester_and_hints_to_others(
    office: Office,
) -> None:
    root = office.piotr.says("#intake", "Sprawa")
    office.lena.clicks("tickets.open", on=newest_card(office)).clicks("tickets.retype")
    office.lena.fills(type="hr_question").submits()
    if office.lena.has_modal:
        office.lena.closes(everything=True)
    card = newest_card(office)
    office.piotr.replies(root, "Chodzi o urlop")
    assert "Chodzi o urlop" in card.again().thread[-1]
    assert "Przekazano do BO-1" in office.piotr.notes("#intake")[-1]
    office.anna.replies(root, "Ja też")
    assert "Ja też" not in str(card.again().thread)
    assert "Nikt nie czyta" in office.anna.notes("#intake")[-1]
    assert "BO-1" not in office.anna.notes("#intake")[-1]


def test_thread_of_a_card_that_was_moved_says_so(office: Office) -> None:
    card = taken(office)
    office.tomasz.clicks("tickets.open", on=card).clicks("tickets.retype")
    office.tomasz.fills(type="general").submits()
    office.tomasz.replies(card, "Jeszcze jedno")
    note = office.tomasz.notes("#bo-it")[-1]
    assert "Nobody reads" in note or "Nikt nie czyta" in note
    assert "BO-1" in note


def test_thread_beneath_a_followers_card_says_that_nobody_reads_it(office: Office) -> None:
    office.anna.types("/ticket Monitor").fills(type="it_help", requester="kata").submits()
    office.anna.replies(office.anna.dm[0], "I co?")
    assert "Nikt nie czyta" in office.anna.dm[-1]
