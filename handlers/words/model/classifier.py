"""A trained choice between classes: a weight for each feature and class, and the logistic rule."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

SCALE = 100
"""Weights are kept as whole hundredths."""
FILE = Path(__file__).parents[1] / "weights.json"


@dataclass(frozen=True, slots=True)
class Classifier:
    """Multinomial logistic regression; a feature that was never met says nothing."""

    classes: tuple[str, ...]
    weights: Mapping[str, Sequence[int]]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each class is, of one in all."""
        sums = [0] * len(self.classes)
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                sums = [total + weight for total, weight in zip(sums, row, strict=True)]
        return dict(zip(self.classes, _softmax(sums), strict=True))


@dataclass(frozen=True, slots=True)
class Trained:
    """What training left: intents, languages, and from which probability an intent is sure."""

    intents: Classifier
    languages: Classifier
    sure_from: Mapping[str, float]


@lru_cache(maxsize=1)
def trained() -> Trained:
    """Read when the first sentence comes."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return Trained(_read(kept["intents"]), _read(kept["languages"]), kept["sure_from"])


def _read(kept: Mapping[str, Any]) -> Classifier:
    return Classifier(tuple(kept["classes"]), kept["weights"])


def _softmax(sums: Sequence[int]) -> list[float]:
    top = max(sums)
    powers = [math.exp((each - top) / SCALE) for each in sums]
    whole = sum(powers)
    return [power / whole for power in powers]
