"""Home and the lists beside it, of somebody who has asked for more than a page holds."""

from bot.slack import HOME
from handlers.tickets.service.submission import submit
from handlers.tickets.service.work import actions
from storage.tickets import tickets
from storage.tickets.tickets import Request, Ticket
from storage.turn import Turn
from tests.driver import Form, Office
from tests.running import Running

MANY = 60


def ask(turn: Turn, kind: str, subject: str, count: int) -> list[Ticket]:
    """The actor's new tickets, the oldest first."""
    return [
        submit(
            turn,
            Request(
                origin=f"test:{subject}:{place}",
                request_type=kind,
                subject=f"{subject} {place}",
                description=subject,
            ),
        )
        for place in range(count)
    ]


def asked(bot: Running, who: str, kind: str, subject: str, count: int = MANY) -> list[int]:
    with bot.turns.turn(HOME, who) as turn:
        return [ticket.id for ticket in ask(turn, kind, subject, count)]


def wait_for_the_requester(bot: Running, agent: str, ids: list[int]) -> None:
    with bot.turns.turn(HOME, agent) as turn:
        for id in ids:
            actions.wait(turn, tickets.of_system(turn, id), "requester")


def parts(tab: Form) -> tuple[str, str]:
    """What waits for Anna, and the rest."""
    waiting, _, rest = str(tab).partition("Twoje zgłoszenia")
    return waiting, rest


def test_oldest_of_many_that_waits_for_its_requester_stands_on_home(
    office: Office, bot: Running
) -> None:
    first, *_ = asked(bot, office.anna.id, "it_help", "Drukarka")
    wait_for_the_requester(bot, office.tomasz.id, [first])
    office.anna.opens_home()
    waiting, rest = parts(office.anna.home)
    assert "*BO-1*" in waiting
    assert "*BO-60*" in rest
    assert f"… i jeszcze {MANY - 1 - 5}." in rest


def test_all_of_many_that_wait_are_counted_and_turned_to(office: Office, bot: Running) -> None:
    every = asked(bot, office.anna.id, "it_help", "Drukarka")
    wait_for_the_requester(bot, office.tomasz.id, every)
    office.anna.opens_home()
    waiting, rest = parts(office.anna.home)
    assert f"… i jeszcze {MANY - 5}." in waiting
    assert "Wszystkie otwarte czekają" in rest
    office.anna.clicks("tickets.page:answers", on="home")
    assert f"{MANY} zgłoszeń czeka na Twoją odpowiedź" in office.anna.modal
    for _ in range(7):
        office.anna.clicks("Dalej ›")
    assert "*BO-1*" in office.anna.modal
    assert "Dalej ›" not in office.anna.modal.buttons


def test_all_of_ones_work_is_counted(office: Office, bot: Running) -> None:
    ids = asked(bot, office.anna.id, "it_help", "Drukarka")
    with bot.turns.turn(HOME, office.tomasz.id) as turn:
        for id in ids:
            actions.take(turn, id)
    office.tomasz.opens_home()
    assert f"… i jeszcze {MANY - 5}." in office.tomasz.home


def test_offer_to_add_names_the_oldest_that_waits(office: Office, bot: Running) -> None:
    first, *_ = asked(bot, office.anna.id, "it_help", "Drukarka")
    wait_for_the_requester(bot, office.tomasz.id, [first])
    office.anna.says("@zaplecze", "A na trzecim piętrze też nie")
    offered = [each for each in office.anna.dm[-1].buttons if "Dopisz do" in each]
    assert offered == ["Dopisz do BO-1", "Dopisz do BO-60", "Dopisz do BO-59"]


def test_merge_finds_ones_own_department_behind_many_of_others(
    office: Office, bot: Running
) -> None:
    asked(bot, office.anna.id, "it_help", "Skaner", 2)
    asked(bot, office.anna.id, "archive_search", "Skaner w archiwum")
    office.tomasz.types("/ticket BO-1").clicks("Połącz…")
    assert office.tomasz.suggestions("target", "skaner") == ["BO-2 · Skaner 1"]
