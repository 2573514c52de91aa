"""What must hold between the parts of a catalogue; told from the document, whatever else is wrong
in it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError as NotValid

from bot.catalogue.positions import Path
from bot.kit.catalogue import Commands, Mistake
from handlers.ledger.statements.accounts import is_account_number

Found = Iterator[tuple[Path, Mistake]]


class SameCommand(Mistake):
    sentence = "“{value}” is the command of “{other}” already."


class PrivateChannelShared(Mistake):
    sentence = "#{channel} is the channel of “{other}” too, and one of the two is private."


class TakenChannel(Mistake):
    sentence = (
        "#{channel} is the triage channel of “{other}”; an intake channel must be another one."
    )


class TwoIntakes(Mistake):
    sentence = "#{channel} is an intake channel already, “{other}”."


class ForeignDefault(Mistake):
    sentence = "“{value}” is asked of “{other}”, so it cannot be the default of “{department}”."


class NobodyInFinance(Mistake):
    sentence = "Reminders go to finance, but no department has finance = true."


class OpenToEverybody(Mistake):
    sentence = (
        "“{department}” cannot be open, for there is {reason}: whoever joins the channel of an "
        "open department is its agent. Take open out and give it a private channel."
    )


class BadTaxNumber(Mistake):
    sentence = "“{value}” is not a valid tax number of {country}."


class BadAccount(Mistake):
    sentence = "“{value}” is neither a valid IBAN nor a national account number."


def between(document: Mapping[str, Any]) -> Found:
    """Every mistake that no part can see alone."""
    for check in _CHECKS:
        yield from check(document)


def _tables(document: Mapping[str, Any], *path: str) -> dict[str, Mapping[str, Any]]:
    """The tables below a heading, leaving out what is none."""
    inside: Any = document
    for part in path:
        inside = inside.get(part) if isinstance(inside, Mapping) else None
    return (
        {k: v for k, v in inside.items() if isinstance(v, Mapping)}
        if isinstance(inside, Mapping)
        else {}
    )


def _table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = document.get(name)
    return table if isinstance(table, Mapping) else {}


def _channel(table: Mapping[str, Any]) -> str:
    return str(table.get("channel", "")).removeprefix("#")


def _commands(document: Mapping[str, Any]) -> Found:
    named = {**Commands().model_dump(), **_table(document, "commands")}
    first: dict[str, str] = {}
    for key in sorted(named, key=lambda key: key in _table(document, "commands")):
        other = first.setdefault(str(named[key]), key)
        if other != key:
            yield ("commands", key), SameCommand(value=named[key], other=other)


def _private_channels(document: Mapping[str, Any]) -> Found:
    first: dict[str, str] = {}
    departments = _tables(document, "departments")
    for key, department in departments.items():
        other = first.setdefault(_channel(department) or f" {key}", key)
        private = department.get("private") is True or departments[other].get("private") is True
        if other != key and private:
            yield (
                ("departments", key, "channel"),
                PrivateChannelShared(channel=_channel(department), other=other),
            )


def _intake_channels(document: Mapping[str, Any]) -> Found:
    triage = {_channel(d): key for key, d in _tables(document, "departments").items()}
    first: dict[str, str] = {}
    for key, intake in _tables(document, "intake_channels").items():
        path, channel = ("intake_channels", key, "channel"), _channel(intake)
        if channel and channel in triage:
            yield path, TakenChannel(channel=channel, other=triage[channel])
        if channel and (other := first.setdefault(channel, key)) != key:
            yield path, TwoIntakes(channel=channel, other=other)


def _defaults(document: Mapping[str, Any]) -> Found:
    types = _tables(document, "request_types")
    for key, department in _tables(document, "departments").items():
        value = department.get("default_type")
        request = (
            types[value].get("department", key)
            if isinstance(value, str) and value in types
            else key
        )
        if request != key:
            yield (
                ("departments", key, "default_type"),
                ForeignDefault(value=value, other=request, department=key),
            )


def _finance(document: Mapping[str, Any]) -> Found:
    if any(d.get("finance") is True for d in _tables(document, "departments").values()):
        return
    for key, policy in _tables(document, "reminder_policies").items():
        audience = policy.get("audience")
        if isinstance(audience, tuple) and "finance" in audience:
            yield ("reminder_policies", key, "audience"), NobodyInFinance()


def _open_departments(document: Mapping[str, Any]) -> Found:
    for key, department in _tables(document, "departments").items():
        trusts = _trusts(document, key, department) if department.get("open") is True else []
        for reason in trusts[:1]:
            path = ("departments", key, "open")
            yield path, OpenToEverybody(department=key, reason=reason)


def _trusts(document: Mapping[str, Any], key: str, department: Mapping[str, Any]) -> list[str]:
    """What says that a department has money or private matters in its hands, as it is written."""
    written = [f"{name} = true" for name in ("finance", "private") if department.get(name) is True]
    if f"agents:{key}" in (_table(document, "invoices").get("readers") or ()):
        written.append(f'"agents:{key}" in [invoices] readers')
    for name, kind in _tables(document, "request_types").items():
        if kind.get("department") == key and kind.get("private") is True:
            written.append(f"private = true in [request_types.{name}]")
    return written


def _tax_numbers(document: Mapping[str, Any]) -> Found:
    company = _table(document, "company")
    numbers = company.get("tax_numbers")
    for row, number in enumerate(numbers if isinstance(numbers, tuple) else ()):
        country = _country_of(str(number), str(company.get("country", "PL")))
        if not _is_tax_number(str(number), country):
            yield ("company", "tax_numbers", row), BadTaxNumber(value=number, country=country)


def _country_of(number: str, home: str) -> str:
    return number[:2].upper() if number[:2].isalpha() else home


def _is_tax_number(number: str, country: str) -> bool:
    """Checked where the country's numbers are known; a Hungarian one is its first eight digits or
    all eleven.
    """
    module = get_cc_module(country.lower(), "vat")
    digits = number.replace("-", "").replace(" ", "")
    if module is None:
        return bool(digits)
    shortened = digits[:8] if country == "HU" and len(digits) == 11 else digits
    try:
        module.validate(shortened)
    except NotValid:
        return False
    return True


def _accounts(document: Mapping[str, Any]) -> Found:
    accounts = _table(_table(document, "company"), "accounts")
    for currency, named in accounts.items():
        for account in [named] if isinstance(named, str) else named:
            if not is_account_number(str(account)):
                yield ("company", "accounts", currency), BadAccount(value=account)


_CHECKS: tuple[Callable[[Mapping[str, Any]], Found], ...] = (
    _commands,
    _private_channels,
    _intake_channels,
    _defaults,
    _finance,
    _open_departments,
    _tax_numbers,
    _accounts,
)
