"""The looks of tickets: cards, forms, lists. Values in, Block Kit out."""
