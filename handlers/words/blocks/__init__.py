"""How answers to plain words look where they are not another feature's cards."""
