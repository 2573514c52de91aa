"""Training: weights from sentences by stochastic gradient descent, with nothing but the standard
library.

It runs when somebody changes sentences or concepts (``make words-model``), never in the product.
"""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.words.model.classifier import SCALE, Classifier

_ROUNDS = 12
_STEP = 0.1
_DECAY = 0.003
_LEAST_OFTEN = 2  # a feature of one sentence alone is no feature
_SEED = 1


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a sentence, and its class."""

    features: Sequence[str]
    label: str


def train(examples: Sequence[Example], classes: Sequence[str]) -> Classifier:
    """The same examples give the same weights."""
    often = Counter(feature for example in examples for feature in example.features)
    rows: dict[str, list[float]] = {
        feature: [0.0] * len(classes) for feature, count in often.items() if count >= _LEAST_OFTEN
    }
    steps = {feature: [0.01] * len(classes) for feature in rows}
    order = list(examples)
    chance = random.Random(_SEED)
    for _ in range(_ROUNDS):
        chance.shuffle(order)
        for example in order:
            _learn(example, classes, rows, steps)
    return Classifier(tuple(classes), _rounded(rows))


def _learn(
    example: Example,
    classes: Sequence[str],
    rows: Mapping[str, list[float]],
    steps: Mapping[str, list[float]],
) -> None:
    """One step of Adagrad down the slope of the log loss, with a little decay."""
    present = [feature for feature in example.features if feature in rows]
    errors = _softmax([sum(rows[f][k] for f in present) for k in range(len(classes))])
    errors[classes.index(example.label)] -= 1
    for feature in present:
        row, step = rows[feature], steps[feature]
        for place, error in enumerate(errors):
            slope = error + _DECAY * row[place]
            step[place] += slope * slope
            row[place] -= _STEP * slope / math.sqrt(step[place])


def _softmax(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    powers = [math.exp(each - top) for each in sums]
    whole = sum(powers)
    return [power / whole for power in powers]


def _rounded(rows: Mapping[str, Sequence[float]]) -> dict[str, list[int]]:
    """As whole hundredths; what rounds to nothing is left out."""
    kept = {
        feature: [round(weight * SCALE) for weight in rows[feature]] for feature in sorted(rows)
    }
    return {feature: weights for feature, weights in kept.items() if any(weights)}
