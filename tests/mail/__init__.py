"""Letters by e-mail, against a real mail server."""
