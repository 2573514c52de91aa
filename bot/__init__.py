"""The wire, the clock and the edge: everything between Slack and the handlers."""
