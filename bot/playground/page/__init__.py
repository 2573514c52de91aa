"""The browser's side: what a window shows, hears and does."""
