"""Who may what, as pure rules."""
