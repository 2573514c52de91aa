"""What people do in the workspace: in conversations, to the app, as its administrator."""
