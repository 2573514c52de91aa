"""An office without Slack, for properties: people, channels and a clock that is set by hand."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.tickets import service
from storage.people import people
from storage.tickets.tickets import Request, Ticket

REQUESTERS = ("U0ANNA", "U0PIOTR")
AGENTS = ("U0TOMASZ", "U0DANIEL")
HR, OUTSIDER, LEAD = "U0EWA", "U0LENA", "U0ISTVAN"
EVERYBODY = (*REQUESTERS, *AGENTS, HR, OUTSIDER, LEAD)
MEMBERS = {"it": AGENTS, "hr": (HR,)}
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Small:
    """Turns at a moment that moves only when told."""

    engine: Engine
    rules: Catalogue
    now: datetime = MONDAY
    turns: Turns = field(init=False)
    made: int = 0

    def __post_init__(self) -> None:
        self.turns = Turns(self.engine, lambda: self.now, {"*": self.rules, HOME: self.rules})
        with self.turns.turn(HOME) as turn:
            for id in EVERYBODY:
                people.save_person(turn, person(id))
            for department in self.rules.departments.values():
                channel = f"C0{department.key.upper()}"
                facts = {
                    "name": department.channel.removeprefix("#"),
                    "is_shared": False,
                    "is_private": True,
                }
                people.save_channel(turn, {"id": channel, **facts})
                people.save_members(turn, channel, MEMBERS.get(department.key, ()))

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def asks(self, who: str = "U0ANNA", kind: str = "it_help", subject: str = "Printer") -> Ticket:
        self.made += 1
        origin = f"test:{self.now.isoformat()}:{self.made}"
        with self.turns.turn(HOME, who) as turn:
            return service.submit(
                turn,
                Request(origin=origin, request_type=kind, subject=subject, description=subject),
            )


def person(id: str) -> dict[str, object]:
    """What the directory would keep of somebody."""
    name = id.removeprefix("U0").title()
    email = f"{name.lower()}@baltyk-balaton.example"
    facts = {"is_external": False, "is_admin": False, "is_bot": False, "is_deleted": False}
    return {
        "id": id,
        "name": name,
        "email": email,
        "handle": name.lower(),
        "locale": "en-GB",
        "timezone": "Europe/Warsaw",
        "status": "",
        **facts,
    }
