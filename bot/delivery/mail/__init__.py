"""Messages by e-mail: the server, the message, and who carries it from the outbox."""
