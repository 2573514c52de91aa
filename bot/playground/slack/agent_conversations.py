"""What an agent shows in its conversations beside its messages: a status, and prompts to begin."""

from dataclasses import dataclass, field

from bot.playground.slack.shapes import Json


@dataclass
class AgentConversations:
    """``statuses`` by channel and thread; ``shown`` is every status that was ever set."""

    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    def show(self, channel: str, thread: str, status: str) -> None:
        """An empty one takes it away."""
        self.statuses[channel, thread] = status
        self.shown.append(status)

    def answered(self, channel: str, thread: str) -> None:
        """The agent spoke in the thread, and Slack takes the status away."""
        self.statuses.pop((channel, thread), None)

    def beside(self, channel: str, thread: str) -> Json:
        """What the page shows with the message that began the thread."""
        status = self.statuses.get((channel, thread), "")
        return {"agent_status": status} if status else {}
