"""The mailbox of the workspace's customers: a mail server, and what came."""
