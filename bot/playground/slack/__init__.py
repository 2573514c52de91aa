"""Slack's side: the workspace, the Web API, deliveries, Block Kit's rules."""
