"""A Slack of our own: a workspace that speaks Slack's protocol to the bot and a page to
a person.
"""
