"""The routes of Home."""
