"""Documents that leave by e-mail: sent by a click, or as the letter of a reminder."""
