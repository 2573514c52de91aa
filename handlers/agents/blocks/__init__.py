"""How answers to agents look. Values in, Block Kit out."""
