"""Agents: what Slackbot and other agents of the workspace may do for a person, over MCP.

Each tool is the person's own turn: their rights, their language, the same services as the commands.
"""
