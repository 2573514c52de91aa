"""The edge: every delivery from Slack enters here, has its turn in a thread, and is answered.

Errors become sentences here: expected ones in the person's language, unexpected ones with a reference.
"""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError

from bot import answers
from bot.answers import Ack
from bot.directory import Directory
from bot.kit import replies
from bot.kit.doors import Door
from bot.kit.errors import Problem
from bot.kit.replies import FieldErrors, OpenView, Pass, Reply, Whisper
from bot.kit.words import Words
from bot.needs import fetch
from bot.payloads import Came
from bot.slack import Slack, error_of
from bot.turns import Stranger, Turns
from storage import deliveries
from storage.turn import Turn

log = logging.getLogger(__name__)

PATIENCE = 2.5  # seconds; Slack gives up after 3
Bound = Mapping[tuple[str, str], list[Door[Turn]]]


class NoSuchDoor(Problem):
    """Something that we do not serve (any more)."""

    sentence = "This is not something I can do (any more). Type /help in a message to me to see what I can."


class NotForGuests(Problem):
    """Guests and people of other companies have no business here."""

    sentence = "This is only for members of this workspace."


@dataclass(frozen=True)
class Answer:
    """What a turn answers, and in whose words."""

    reply: Reply
    words: Words = field(default_factory=lambda: Words("en"))


@dataclass
class Edge:
    """Deliveries in, turns in threads, answers out."""

    turns: Turns
    slack: Slack
    directory: Directory
    doors: Bound
    threads: Executor
    patience: float = PATIENCE
    languages: dict[str, str] = field(default_factory=dict)
    """Who was last spoken to in which language: for the words that are said before a turn."""
    _late: set[asyncio.Task[None]] = field(default_factory=set)

    async def handle(self, came: Came, ack: Ack) -> None:
        """Answer one delivery; nothing escapes from here."""
        work = asyncio.create_task(self._answer(came))
        done, _ = await asyncio.wait({work}, timeout=self.patience)
        if done:
            await self._speak(came, work.result(), ack)
        else:
            await self._hold(came, ack)
            late = asyncio.create_task(self._follow_up(came, work))
            self._late.add(late)
            late.add_done_callback(self._late.discard)

    async def finish(self) -> None:
        """Wait for the answers that are still to be given."""
        while self._late:
            await asyncio.gather(*self._late)

    async def _answer(self, came: Came) -> Answer:
        try:
            return await self._in_turn(came)
        except Stranger:
            pass
        except Exception as fault:
            return self._apology(came, fault)
        try:
            await self.directory.meet(came.person)
            return await self._in_turn(came)
        except Exception as fault:
            return self._apology(came, fault)

    async def _in_turn(self, came: Came) -> Answer:
        catalogue = self.turns.catalogue(self.slack.workspace_of(came))
        there = self.doors.get((came.kind, came.name), [])
        doors = [door for door in there if door.when is None or door.when(came.input, catalogue)]
        if not doors and came.kind in ("event", "closing"):
            return Answer(replies.NOTHING)
        prepared = await fetch(came, doors, self.slack)
        return await asyncio.get_running_loop().run_in_executor(self.threads, self._turn, prepared, doors)

    def _turn(self, came: Came, doors: list[Door[Turn]]) -> Answer:
        with self.turns.turn(self.slack.workspace_of(came), came.person or "bot") as turn:
            self.languages[came.person] = turn.words.language
            try:
                return Answer(self._listen(turn, came, doors), turn.words)
            except Problem as problem:
                problem.add_note(turn.words.language)
                raise

    def _listen(self, turn: Turn, came: Came, doors: list[Door[Turn]]) -> Reply:
        noted = deliveries.answer_to(turn, came.key) if came.key else None
        if noted:
            return replies.from_json(noted)
        reply = _first(turn, came, doors)
        if came.key and turn.has_changed:
            deliveries.note(turn, came.key, replies.to_json(reply))
        return reply

    def _apology(self, came: Came, fault: Exception) -> Answer:
        if isinstance(fault, Problem):
            words = Words(getattr(fault, "__notes__", ["en"])[0])
            return Answer(_refusal(fault, came, words), words)
        reference = secrets.token_hex(3)
        log.error("%s %s failed, reference %s", came.kind, came.name, reference, exc_info=fault)
        words = self._words(came)
        text = words.say(
            "Something went wrong on our side, and nothing was changed. Please try again; "
            "if it happens again, give your administrator this reference: {reference}.",
            reference=reference,
        )
        return Answer(_refused(text, came, words), words)

    async def _speak(self, came: Came, answer: Answer, ack: Ack) -> None:
        try:
            await answers.give(answer.reply, came, answer.words, self.slack.client, ack)
        except (SlackApiError, OSError, TimeoutError) as fault:
            log.warning("the answer to %s %s did not reach Slack: %s", came.kind, came.name, _why(fault))
            await ack()

    async def _hold(self, came: Came, ack: Ack) -> None:
        words = self._words(came)
        match came.kind:
            case "command":
                await ack(text=words.say("One moment…"), response_type="ephemeral")
            case "submission":
                await ack(response_action="update", view=answers.notice(words, words.say("One moment…")))
            case "search":
                await ack(options=[])
            case _:
                await ack()

    def _words(self, came: Came) -> Words:
        """The words for somebody outside a turn."""
        company = self.turns.catalogue(self.slack.workspace_of(came)).company
        return Words(self.languages.get(came.person, company.language))

    async def _follow_up(self, came: Came, work: asyncio.Task[Answer]) -> None:
        answer = await work
        try:
            await answers.give_late(answer.reply, came, answer.words, self.slack.client)
        except (SlackApiError, OSError, TimeoutError) as fault:
            log.warning("the late answer to %s %s did not reach Slack: %s", came.kind, came.name, _why(fault))


def _first(turn: Turn, came: Came, doors: list[Door[Turn]]) -> Reply:
    """The answer of the first door that does not pass."""
    if not doors:
        raise NoSuchDoor()
    for door in doors:
        if turn.actor.is_external and not door.outsiders:
            if came.kind in ("event", "search"):
                continue
            raise NotForGuests()
        reply = door.listener(turn, came.input)
        if not isinstance(reply, Pass):
            return reply
    return replies.NOTHING


def _refusal(problem: Problem, came: Came, words: Words) -> Reply:
    sentence = words.problem(problem)
    if came.kind == "submission" and problem.field:
        return FieldErrors({problem.field: sentence})
    return _refused(sentence, came, words)


def _refused(sentence: str, came: Came, words: Words) -> Reply:
    """A refused form stays beneath the sentence that refuses it; events that nobody asked for are not answered."""
    if came.kind == "submission":
        return OpenView(answers.notice(words, sentence))
    return Whisper(sentence) if came.kind not in ("closing", "search") else replies.NOTHING


def _why(fault: Exception) -> Any:
    return error_of(fault) if isinstance(fault, SlackApiError) else type(fault).__name__
