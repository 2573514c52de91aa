"""The ground floor: the vocabulary that every room speaks. It imports none of them."""
