"""How documents are asked for in Slack. Values in, Block Kit out."""
