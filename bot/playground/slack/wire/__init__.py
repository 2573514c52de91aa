"""The wire between the workspace and the app: Web API, sockets, signed HTTP, limits and faults."""
