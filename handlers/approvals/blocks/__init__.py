"""How approvals look. Values in, Block Kit out."""
