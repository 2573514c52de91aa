"""Block Kit as Slack checks it: blocks, elements, views, and what people fill in."""
