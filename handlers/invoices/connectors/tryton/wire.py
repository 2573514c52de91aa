"""Tryton's two ways in, for reading alone: REST with a user application's key (8.0 on), JSON-RPC
with a login.

Both give records as the server's own JSON, made plain here: decimals, days and moments as Python's,
a relation's fields in a mapping under its name.
"""

import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from bot.kit.words import N_, Phrase
from handlers.invoices.connectors.http import Answer, Server
from handlers.invoices.connectors.problems import MayNotRead

Row = Mapping[str, Any]
Domain = Sequence[Any]
LANGUAGE = "en"


class Wire(Protocol):
    """A way into a Tryton server."""

    def rows(
        self, model: str, domain: Domain, fields: Sequence[str], most: int
    ) -> tuple[list[Row], datetime]:
        """The records that fit, in the order of their ids, and the server's moment."""


@dataclass(frozen=True)
class Rest:
    """REST, as a user application that a key was given to."""

    server: Server
    key: str = field(repr=False)

    def rows(
        self, model: str, domain: Domain, fields: Sequence[str], most: int
    ) -> tuple[list[Row], datetime]:
        order = [["id", "ASC"]]
        query = [
            ("d", _b64(domain)),
            ("o", _b64(order)),
            ("s", str(most)),
            *(("f", name) for name in fields),
        ]
        answer = self._get(f"/rest/model/{quote(model)}?{urlencode(query)}")
        if answer.status in (400, 403):
            raise MayNotRead(source=self.server.source, what=model)
        return _records(self.server, self.server.json(self.server.accepted(answer))), answer.at

    def _get(self, path: str) -> Answer:
        return self.server.ask(
            "GET", path, {"Authorization": f"Bearer {self.key}", "Accept-Language": LANGUAGE}
        )


@dataclass
class JsonRpc:
    """JSON-RPC, as a user with a password: for the series before 8.0. One session, begun anew when
    it has ended.
    """

    server: Server
    user: str
    password: str = field(repr=False)
    _path: str = field(default="", init=False)
    _session: str = field(default="", init=False, repr=False)
    _context: Mapping[str, Any] = field(default_factory=dict, init=False)

    def rows(
        self, model: str, domain: Domain, fields: Sequence[str], most: int
    ) -> tuple[list[Row], datetime]:
        order = [["id", "ASC"]]
        result, at = self._call(f"model.{model}.search_read", domain, 0, most, order, list(fields))
        return _records(self.server, _undotted(result)), at

    def _call(self, method: str, *params: object) -> tuple[Any, datetime]:
        if not self._session:
            self._log_in()
        answer = self._post(method, [*params, self._context])
        if answer.status in (401, 403):
            self._log_in()
            answer = self._post(method, [*params, self._context])
        return self._result(answer, method), answer.at

    def _log_in(self) -> None:
        self._session, self._context = "", {}
        self._path = self._path or self._found_path()
        answer = self._post("common.db.login", [self.user, {"password": self.password}, LANGUAGE])
        result = self._result(answer, "login")
        if not isinstance(result, list) or len(result) < 2:
            raise self.server.unintelligible(Phrase(N_("no session")))
        self._session = b64encode(f"{self.user}:{result[0]}:{result[1]}".encode()).decode()
        context = self._result(self._post("model.res.user.get_preferences", [True, {}]), "res.user")
        self._context = context if isinstance(context, dict) else {}

    def _found_path(self) -> str:
        """Since 8.0 a database answers under ``/rpc/``, before directly."""
        request = {"id": 0, "method": "common.db.login", "params": ["", {}, LANGUAGE]}
        return (
            "/" if self.server.ask("POST", "/rpc/", {}, request).status in (404, 405) else "/rpc/"
        )

    def _post(self, method: str, params: Sequence[object]) -> Answer:
        headers = {"Authorization": f"Session {self._session}"} if self._session else {}
        return self.server.ask(
            "POST", self._path, headers, {"id": 1, "method": method, "params": list(params)}
        )

    def _result(self, answer: Answer, what: str) -> Any:
        result = _plain(self.server.json(self.server.accepted(answer)))
        if not isinstance(result, dict):
            return result
        if result.get("error"):
            raise MayNotRead(source=self.server.source, what=what.removeprefix("model."))
        return result.get("result")


def moment(at: datetime) -> dict[str, Any]:
    """A moment in UTC as Tryton's JSON writes it."""
    names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return {"__class__": "datetime", **{name: getattr(at, name) for name in names}}


def _b64(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


def _records(server: Server, result: Any) -> list[Row]:
    rows = _plain(result)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise server.unintelligible(Phrase(N_("no list of records")))
    return rows


def _plain(value: Any) -> Any:
    """Tryton's own classes of JSON as Python's values; what is broken stays as it is and is refused
    by its reader.
    """
    if isinstance(value, list):
        return list(map(_plain, value))
    if not isinstance(value, dict):
        return value
    try:
        match value.get("__class__"):
            case "Decimal":
                return Decimal(value["decimal"])
            case "date":
                return date(value["year"], value["month"], value["day"])
            case "bytes":
                return b64decode(value["base64"])
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return value
    return {name: _plain(each) for name, each in value.items()}


def _undotted(value: Any) -> Any:
    """JSON-RPC writes a relation's id under ``party`` and its fields under ``party.``; the fields
    are wanted.
    """
    if isinstance(value, list):
        return list(map(_undotted, value))
    if not isinstance(value, dict):
        return value
    plain: dict[str, Any] = {}
    related: dict[str, Any] = {}
    for name, each in value.items():
        if name.endswith("."):
            related[name.removesuffix(".")] = _undotted(each)
        else:
            plain[name] = each
    return plain | related
