"""The edge: every delivery from Slack enters here, has its turn in a thread, and is answered.

Errors become sentences here: expected ones in the person's language, unexpected ones with a
reference.
"""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.directory.mirror import Directory
from bot.edge import agent_view, answers, withheld_files
from bot.edge.answers import Ack
from bot.edge.needs import fetch
from bot.edge.payloads import Delivery
from bot.edge.recognition import Unread, is_under_ours, recognise
from bot.edge.turns import ChangedAfterAll, DatabaseGone, Stranger, Turns, repeated
from bot.kit import replies
from bot.kit.errors import Problem
from bot.kit.replies import FieldErrors, OpenView, Pass, Reply, Whisper
from bot.kit.routes import Route
from bot.kit.words import Words
from bot.slack import UNREACHED, Slack, error_of
from storage import deliveries
from storage.dialect import passes, why_of
from storage.turn import BOT, Turn

log = logging.getLogger(__name__)

PATIENCE = 2.5  # seconds; Slack gives up after 3
LAST_TRY = 3  # Slack brings what was not acked at once, after a minute and after five
HEAD_START = 0.3  # seconds for an ack to reach Slack before a call that must come after it
Bound = Mapping[tuple[str, str], list[Route[Turn]]]
_UNASKED = ("event", "closing")  # what nobody waits for: without a route it needs no answer
_OF_THE_HOUSE = ("event", "step")  # what may have no person behind it
_MOST_LANGUAGES = 10_000


class NoSuchRoute(Problem):
    """Something that we do not serve (any more)."""

    sentence = "This is not something I can do (any more). Write “help” to me to see what I can do."


class NotFromHere(Problem):
    """Somebody of ours, and a workspace that is not ours: no payload of Slack's says that."""

    sentence = "This came from another workspace. Please do it in ours."


class Nobody(Problem):
    """A payload without a person, or in the bot's name, where only a person can act."""

    sentence = "Slack does not tell me who did that. Please try again."


class NotMet(Problem):
    """The directory does not know this person, and Slack does not say who they are."""

    sentence = "Slack does not tell me who you are at the moment. Please try again in a minute."


@dataclass(frozen=True)
class Answer:
    """What a turn answers, and in whose words."""

    reply: Reply
    words: Words = field(default_factory=lambda: Words("en"))


class _FirstAck:
    """An ack that is given once: after a neutral word in time, what else there is to say goes
    another way.
    """

    def __init__(self, ack: Ack) -> None:
        self._ack = ack
        self.is_given = False

    async def __call__(self, *said: Any, **facts: Any) -> None:
        if not self.is_given:
            self.is_given = True
            await self._ack(*said, **facts)


@dataclass
class Edge:
    """Deliveries in, turns in threads, answers out."""

    turns: Turns
    slack: Slack
    directory: Directory
    routes: Bound
    threads: Executor
    patience: float = PATIENCE
    languages: dict[str, str] = field(default_factory=dict)
    """Who was last spoken to in which language: for the words that are said before a turn."""
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def handle(self, delivery: Delivery, ack: Ack) -> None:
        """Answer one delivery; nothing escapes from here."""
        delivery = await withheld_files.told(delivery, self.slack)
        routes = self._load_listeners(delivery)
        if not routes and delivery.kind in _UNASKED:
            await ack()
            return
        first = _FirstAck(ack)
        work = asyncio.create_task(self._deal(delivery, routes, first))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        # Of an event nothing is acked before it is committed: Slack brings it again, a person would
        # not.
        await asyncio.wait({work}, timeout=None if delivery.kind == "event" else self.patience)
        if not first.is_given and delivery.kind != "event":
            await self._hold(delivery, first)

    async def finish(self) -> None:
        """Wait for the answers that are still to be given."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    def _load_listeners(self, delivery: Delivery) -> list[Route[Turn]]:
        """Those of the name that are not shut for this input."""
        there = self.routes.get((delivery.kind, delivery.name), [])
        if all(route.when is None for route in there):
            return there
        catalogue = self.turns.catalogue(self.slack.workspace_of(delivery))
        try:
            return [
                route
                for route in there
                if route.when is None or route.when(delivery.input, catalogue)
            ]
        except (LookupError, TypeError, AttributeError) as unread:
            why = type(unread).__name__  # its message may hold what somebody wrote
            log.warning("%s %s lacks what it should have: %s", delivery.kind, delivery.name, why)
            return []

    async def _deal(self, delivery: Delivery, routes: list[Route[Turn]], ack: _FirstAck) -> None:
        try:
            async with self._working(delivery):
                answer = await self._answer(delivery, routes)
        except Unread as unread:
            log.warning(
                "%s %s is left for Slack to bring again: %s", delivery.kind, delivery.name, unread
            )
            return
        try:
            if ack.is_given:
                await asyncio.sleep(
                    HEAD_START
                )  # they travel side by side, and "One moment…" must not come last
                await answers.give_late(answer.reply, delivery, answer.words, self.slack.client)
            else:
                await answers.give(answer.reply, delivery, answer.words, self.slack.client, ack)
        except Exception as fault:
            unexpected = None if isinstance(fault, (SlackApiError, *UNREACHED)) else fault
            said = (delivery.kind, delivery.name, _why(fault))
            log.warning("the answer to %s %s did not reach Slack: %s", *said, exc_info=unexpected)
            await self._excuse(delivery, answer, ack)

    def _working(self, delivery: Delivery) -> AbstractAsyncContextManager[None]:
        """Where the company has switched on agent view, it is shown that something is done."""
        rules = self.turns.catalogue(self.slack.workspace_of(delivery)).agent_view
        if not (rules.on and agent_view.is_conversation(delivery)):
            return nullcontext()
        return agent_view.working(delivery, self._words(delivery), self.slack.client)

    async def _answer(self, delivery: Delivery, routes: list[Route[Turn]]) -> Answer:
        try:
            try:
                return await self._in_turn(delivery, routes)
            except Stranger:
                await self._meet(delivery)
                return await self._in_turn(delivery, routes)
        except Unread:
            raise
        except Exception as fault:
            comes_back = passes(fault) or isinstance(fault, DatabaseGone)
            if delivery.kind == "event" and delivery.attempt < LAST_TRY and comes_back:
                raise Unread(why_of(fault)) from fault
            return self._apology(delivery, fault)

    async def _meet(self, delivery: Delivery) -> None:
        try:
            await self.directory.meet(delivery.person)
        except (SlackApiError, *UNREACHED) as fault:
            log.warning(
                "Slack does not say who sent %s %s: %s", delivery.kind, delivery.name, _why(fault)
            )
            raise NotMet() from fault

    async def _in_turn(self, delivery: Delivery, routes: list[Route[Turn]]) -> Answer:
        if is_under_ours(delivery, self.slack.bot_user):
            await recognise(delivery, self.slack, self.turns, self.threads)
        prepared = await fetch(delivery, routes, self.slack)
        return await asyncio.get_running_loop().run_in_executor(
            self.threads, self._turn, prepared, routes
        )

    def _turn(self, delivery: Delivery, routes: list[Route[Turn]]) -> Answer:
        reads = bool(routes) and all(route.reads for route in routes)
        return repeated(lambda reads: self._one_turn(delivery, routes, reads), reads=reads)

    def _one_turn(self, delivery: Delivery, routes: list[Route[Turn]], reads: bool) -> Answer:
        if delivery.person == BOT.id or (
            not delivery.person and delivery.kind not in _OF_THE_HOUSE
        ):
            raise Nobody()
        workspace = self.slack.workspace_of(delivery)
        words: Words | None = None
        try:
            with self.turns.turn(workspace, delivery.person or BOT.id, reads=reads) as turn:
                words = turn.words
                self._note_language(turn)
                self._refuse_foreign(turn, delivery)
                listen = _listen_only if reads else _listen_once
                return Answer(listen(turn, delivery, routes), words)
        except Problem as problem:
            if words is None:  # the turn could not begin
                raise
            return Answer(_refusal(problem, delivery, words), words)

    def _refuse_foreign(self, turn: Turn, delivery: Delivery) -> None:
        """Of another workspace come only the people of that one, in a channel that is shared."""
        if delivery.team not in ("", self.slack.team) and not turn.actor.is_external:
            raise NotFromHere()

    def _note_language(self, turn: Turn) -> None:
        if len(self.languages) >= _MOST_LANGUAGES:
            self.languages.clear()
        self.languages[turn.actor.id] = turn.words.language

    def _apology(self, delivery: Delivery, fault: Exception) -> Answer:
        words = self._words(delivery)
        if isinstance(fault, (NotMet, Nobody)) and delivery.kind in _UNASKED:
            return Answer(replies.NOTHING, words)
        if isinstance(fault, Problem):
            return Answer(_refusal(fault, delivery, words), words)
        reference = secrets.token_hex(3)
        log.error(
            "%s %s failed, reference %s", delivery.kind, delivery.name, reference, exc_info=fault
        )
        text = words.say(
            "Something went wrong on our side, and nothing was changed. Please try again; "
            "if it happens again, give your administrator this reference: {reference}.",
            reference=reference,
        )
        return Answer(_refused(text, delivery, words), words)

    async def _excuse(self, delivery: Delivery, answer: Answer, ack: _FirstAck) -> None:
        """What could not be shown (a form whose trigger has expired, a word in a window that needs
        one) is said without a trigger, to the person alone.
        """
        said = answers.without_a_trigger(answer.reply, delivery, answer.words)
        if said and delivery.kind == "command" and not ack.is_given:
            return await ack(text=said.text, response_type="ephemeral")
        await ack()
        if said:
            try:
                await answers.excuse(said, delivery, answer.words, self.slack.client)
            except (SlackApiError, *UNREACHED) as fault:
                log.warning("nor did the excuse: %s", _why(fault))
        return None

    async def _hold(self, delivery: Delivery, ack: _FirstAck) -> None:
        words = self._words(delivery)
        match delivery.kind:
            case "command":
                await ack(text=words.say("One moment…"), response_type="ephemeral")
            case "submission":
                await ack(
                    response_action="update", view=answers.notice(words, words.say("One moment…"))
                )
            case "search":
                await ack(options=[])
            case _:
                await ack()

    def _words(self, delivery: Delivery) -> Words:
        """The words for somebody outside a turn."""
        company = self.turns.catalogue(self.slack.workspace_of(delivery)).company
        return Words(self.languages.get(delivery.person, company.language))


def _listen_once(turn: Turn, delivery: Delivery, routes: list[Route[Turn]]) -> Reply:
    """What was answered to this delivery before, or the answer to it, noted where it changed
    something.
    """
    noted = deliveries.answer_to(turn, delivery.key) if delivery.key else None
    if noted:
        return replies.from_json(noted)
    reply = _first(turn, delivery, routes)
    if delivery.key and turn.has_changed:
        deliveries.note(turn, delivery.key, replies.to_json(reply))
    return reply


def _listen_only(turn: Turn, delivery: Delivery, routes: list[Route[Turn]]) -> Reply:
    """The answer by what stands now: of a turn that only reads, nothing is noted."""
    reply = _first(turn, delivery, routes)
    if turn.has_changed:
        raise ChangedAfterAll()
    return reply


def _first(turn: Turn, delivery: Delivery, routes: list[Route[Turn]]) -> Reply:
    """The answer of the first route that does not pass."""
    if not routes:
        raise NoSuchRoute()
    open_ones = [route for route in routes if route.outsiders or not turn.actor.is_external]
    if not open_ones and delivery.kind not in ("event", "search"):
        raise routes[-1].refusal()  # whose command it is comes after who only overhears it
    for route in open_ones:
        reply = route.listener(turn, delivery.input)
        if not isinstance(reply, Pass):
            return reply
    return replies.NOTHING


def _refusal(problem: Problem, delivery: Delivery, words: Words) -> Reply:
    sentence = words.problem(problem)
    if delivery.kind == "submission" and problem.field:
        return FieldErrors({problem.field: sentence})
    return _refused(sentence, delivery, words)


def _refused(sentence: str, delivery: Delivery, words: Words) -> Reply:
    """A refused form stays beneath the sentence that refuses it; events that nobody asked for are
    not answered.
    """
    if delivery.kind == "submission":
        return OpenView(answers.notice(words, sentence))
    return Whisper(sentence) if delivery.kind not in ("closing", "search") else replies.NOTHING


def _why(fault: BaseException) -> Any:
    return error_of(fault) if isinstance(fault, SlackApiError) else type(fault).__name__
