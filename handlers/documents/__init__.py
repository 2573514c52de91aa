"""Documents: asked for, approved, made as PDF, delivered, registered and verified."""
