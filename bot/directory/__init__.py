"""The mirror of the workspace: people, channels, memberships, and what follows when they change."""
