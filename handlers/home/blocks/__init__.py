"""How Home looks. Values in, Block Kit out."""
