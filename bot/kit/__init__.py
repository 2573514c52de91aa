"""The ground floor: the vocabulary that everything else speaks. It imports nothing of ours."""
