"""What leaves: messages from the outbox, and slow work outside any transaction."""
