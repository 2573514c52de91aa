"""The fictional company of the demo: who works there, in which language, and in which channels they
meet.
"""

from bot.playground.slack.people import Person, Team, Usergroup
from bot.playground.slack.shapes import Json
from bot.playground.slack.world import World

TEAM = Team("T0BALATON", "Bałtyk & Balaton Trade", "baltyk-balaton", "baltyk-balaton.example")
KOWALSKA_TEAM = "T0KOWALSKA"

_WARSAW, _BUDAPEST = "Europe/Warsaw", "Europe/Budapest"

# id, name, real name, title, locale, time zone, colour
_STAFF = (
    ("U0ANNA", "anna", "Anna Zielińska", "Reception, Warsaw", "pl-PL", _WARSAW, "9f69e7"),
    ("U0PIOTR", "piotr", "Piotr Nowak", "Account manager", "pl-PL", _WARSAW, "4bbe2e"),
    ("U0KATA", "kata", "Kata Szabó", "Account manager", "hu-HU", _BUDAPEST, "e7392d"),
    ("U0EMMA", "emma", "Emma Clarke", "Key accounts, export", "en-GB", _WARSAW, "3c989f"),
    ("U0MAREK", "marek", "Marek Wiśniewski", "Chief accountant", "pl-PL", _WARSAW, "674b1b"),
    ("U0ILDIKO", "ildiko", "Ildikó Nagy", "Accountant", "hu-HU", _BUDAPEST, "e96699"),
    ("U0BEATA", "beata", "Beata Kamińska", "Debt collection", "pl-PL", _WARSAW, "235e5b"),
    ("U0TOMASZ", "tomasz", "Tomasz Lewandowski", "IT support", "pl-PL", _WARSAW, "d58247"),
    ("U0GABOR", "gabor", "Gábor Tóth", "Warehouse and shipping", "hu-HU", _BUDAPEST, "5870dd"),
    ("U0EWA", "ewa", "Ewa Dąbrowska", "HR and payroll", "pl-PL", _WARSAW, "99a949"),
    ("U0ZSOFIA", "zsofia", "Zsófia Kovács", "Payroll", "hu-HU", _BUDAPEST, "b14cbc"),
    ("U0DANIEL", "daniel", "Daniel Hughes", "Legal counsel", "en-GB", _BUDAPEST, "385a86"),
    ("U0LENA", "lena", "Łena Krawczyk", "Orders and customer records", "pl-PL", _WARSAW, "db3150"),
    ("U0ISTVAN", "istvan", "István Horváth", "Managing director", "hu-HU", _BUDAPEST, "4cc091"),
)
_OFFICE_LEADS = ("U0ISTVAN", "U0EMMA")

# name, kind, topic, members
_CHANNELS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("general", "public", "Everybody", tuple(row[0] for row in _STAFF)),
    (
        "front-desk",
        "public",
        "Reception and customers at the door",
        ("U0ANNA", "U0PIOTR", "U0KATA", "U0EMMA"),
    ),
    (
        "sales",
        "public",
        "Offers, customers, who owes what",
        ("U0PIOTR", "U0KATA", "U0EMMA", "U0ISTVAN"),
    ),
    (
        "intake",
        "public",
        "Write here what you need from the back office",
        tuple(row[0] for row in _STAFF),
    ),
    (
        "bo-accounting",
        "private",
        "Accounting: invoices, statements",
        ("U0MAREK", "U0ILDIKO", "U0ISTVAN"),
    ),
    (
        "bo-collections",
        "private",
        "Payments and debt collection",
        ("U0BEATA", "U0MAREK", "U0ISTVAN"),
    ),
    ("bo-it", "private", "IT and equipment", ("U0TOMASZ", "U0DANIEL")),
    ("bo-logistics", "private", "Warehouse, stock, shipping", ("U0GABOR", "U0LENA")),
    ("bo-legal", "private", "Contracts and claims", ("U0DANIEL", "U0ISTVAN")),
    ("bo-orders", "private", "Orders", ("U0LENA", "U0GABOR")),
    ("bo-archive", "private", "Archive and data entry", ("U0LENA", "U0EWA")),
    ("bo-customers", "private", "Customer records", ("U0LENA", "U0ILDIKO")),
    ("bo-hr", "private", "HR: recruitment, contracts", ("U0EWA", "U0ISTVAN")),
    ("bo-payroll", "private", "Payroll and personnel files", ("U0ZSOFIA", "U0EWA")),
)


def furnish(world: World) -> World:
    """Fill an empty workspace with the company; one that has its people already is left
    as it is.
    """
    if any(channel.name == "general" for channel in world.channels.values()):
        return world
    _people(world)
    bot = world.app.bot_user_id
    for name, kind, topic, members in _CHANNELS:
        channel = world.add_channel(
            name, [*members, bot], kind="private" if kind == "private" else "public", topic=topic
        )
        channel.is_general = name == "general"
        world.keep_channel(channel)
    guests = ["U0PIOTR", "U0BEATA", "U0KOWALSKA", bot]
    world.add_channel(
        "ext-kowalska", guests, kind="private", teams=[KOWALSKA_TEAM], topic="Kowalska Sp. z o.o."
    )
    world.channel_named("front-desk").members.append("U0GUEST")
    world.keep_channel(world.channel_named("front-desk"))
    _groups(world)
    return world


def _people(world: World) -> None:
    for id, name, real_name, title, locale, tz, color in _STAFF:
        email = f"{name}@{TEAM.email_domain}"
        person = Person(id, name, real_name, title, locale, tz, email, color=color)
        person.is_admin = person.is_owner = id in _OFFICE_LEADS[:1]
        world.add_person(person)
    guest = Person(
        "U0GUEST",
        "olga",
        "Olga Marczak",
        "Temporary help (guest)",
        "pl-PL",
        _WARSAW,
        color="8d4b84",
    )
    guest.is_restricted = guest.is_ultra_restricted = True
    world.add_person(guest)
    customer = Person(
        "U0KOWALSKA", "j.kowalska", "Joanna Kowalska", "Kowalska Sp. z o.o.", "pl-PL", _WARSAW
    )
    customer.team_id, customer.color = KOWALSKA_TEAM, "827327"
    world.add_person(customer)


def _groups(world: World) -> None:
    for id, handle, name, users in (
        ("S0ACCOUNT", "accounting", "Accounting", ["U0MAREK", "U0ILDIKO"]),
        ("S0SALES", "sales-team", "Sales", ["U0PIOTR", "U0KATA", "U0EMMA"]),
    ):
        world.keep_usergroup(Usergroup(id, handle, name, users))


def company(manifest: Json | None = None, **settings: object) -> World:
    """A workspace with the company in it; `settings` are those of `World`."""
    return furnish(World(manifest=manifest, team=TEAM, **settings))  # type: ignore[arg-type]
