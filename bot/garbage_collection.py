"""How often Python looks for circles: what the house makes (rows, blocks, words) holds
hardly any.
"""

import gc


def look_seldom(made: int) -> None:
    """Look after so many more containers (700 is Python's own), and never again at those that are
    there by now.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(made)
