"""The page's panel in which one is Slackbot: which tools there are, and a call of one of them."""

from dataclasses import dataclass, field

from bot.playground.page.acts import Act
from bot.playground.page.phrasebook import Phrasebook
from bot.playground.slack.acts.conversations import Unable
from bot.playground.slack.people import Person
from bot.playground.slack.shapes import Json
from bot.playground.slack.wire.mcp_calls import McpCalls
from bot.playground.slack.world import World


@dataclass(frozen=True)
class SlackbotPanel:
    """The panel of one workspace."""

    calls: McpCalls
    phrases: Phrasebook = field(default_factory=Phrasebook)

    @property
    def acts(self) -> dict[str, Act]:
        """What the page may ask for here."""
        return {"tools": self._tools, "call_tool": self._call}

    async def _tools(self, _: World, person: Person, __: Json) -> Json:
        tools = await self.calls.tools(person)
        examples = self.phrases.examples.get(person.language, ())
        return {
            "tools": tools,
            "stems": self.phrases.stems,
            "values": self.phrases.values,
            "examples": list(examples),
        }

    async def _call(self, _: World, person: Person, given: Json) -> Json:
        arguments = given.get("arguments") or {}
        if not isinstance(arguments, dict):
            raise Unable("The arguments of a tool are an object.")
        return await self.calls.call(person, str(given["tool"]), arguments)
