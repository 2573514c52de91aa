"""The servers that are measured beside each other: ``python -m tests.bench.servers NAME PORT
[DATABASE]``.
"""

import asyncio
import json
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler as StarletteHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import JSON, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.http import Front
from tests.bench import office
from tests.bench.requests import PATH


def raw(_: str) -> ASGIApp:
    """Starlette that reads the body and answers nothing: no signature, no Slack."""

    async def answer(request: Request) -> Response:
        await request.body()
        return Response()

    return Starlette(routes=[Route(PATH, answer, methods=["POST"])])


def bolt(_: str) -> ASGIApp:
    """Bolt of the same make as ours, with nothing in it but acks."""
    app = _bolt(process_before_response=True)

    async def nothing(ack: Any) -> None:
        await ack()

    app.view_submission("tickets.form")(nothing)
    app.view_closed("nobody.asks")(nothing)
    return cast(ASGIApp, AsyncSlackRequestHandler(app, path=PATH))


class Base(DeclarativeBase):
    """Tables as one would write them first."""


class TicketRow(Base):
    __tablename__ = "tickets"
    id: Mapped[int] = mapped_column(primary_key=True)
    requester: Mapped[str]
    subject: Mapped[str]
    description: Mapped[str]


class EventRow(Base):
    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int]
    event: Mapped[str]


class LetterRow(Base):
    __tablename__ = "letters"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


def first(url: str) -> ASGIApp:
    """Bolt as it comes, behind Starlette, with ORM objects: what one would write first."""
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    app = _bolt()

    async def sent(ack: Any, body: dict[str, Any]) -> None:
        values = body["view"]["state"]["values"]
        said = {key: values[key][key]["value"] for key in ("subject", "description")}
        with Session(engine) as session:
            ticket = TicketRow(requester=body["user"]["id"], **said)
            session.add(ticket)
            session.flush()
            session.add(EventRow(ticket=ticket.id, event="submitted"))
            session.add(LetterRow(ticket=ticket.id, body={"text": said["subject"]}))
            session.commit()
        await ack()

    app.view_submission("tickets.form")(sent)
    handler = StarletteHandler(app)
    return Starlette(routes=[Route(PATH, handler.handle, methods=["POST"])])


def _bolt(process_before_response: bool = False) -> AsyncApp:
    granted = AuthorizeResult(
        enterprise_id=None,
        team_id=office.TEAM,
        bot_token="xoxb-none",
        bot_id="B0",
        bot_user_id="U0BOT",
    )

    async def authorize() -> AuthorizeResult:
        return granted

    return AsyncApp(
        signing_secret=office.SECRET,
        authorize=authorize,
        process_before_response=process_before_response,
    )


@contextmanager
def ours(url: str) -> Iterator[ASGIApp]:
    """The whole house on a database."""
    with office.bot(url, asyncio.get_running_loop()) as bot:
        front = Front(lambda: None)
        front.open(bot.bolt, office.SECRET)
        yield front


@contextmanager
def _plain(app: ASGIApp) -> Iterator[ASGIApp]:
    yield app


async def serve(name: str, port: int, url: str) -> None:
    made = (
        ours(url)
        if name == "ours"
        else _plain({"raw": raw, "bolt": bolt, "first": first}[name](url))
    )
    with made as app, socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        sys.stdout.write(json.dumps({"port": listener.getsockname()[1]}) + "\n")
        sys.stdout.flush()
        await server.serve(sockets=[listener])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvicorn.Config("", loop="auto").get_loop_factory()) as runner:
        runner.run(
            serve(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "sqlite://")
        )
