"""The playground against an unmodified Slack SDK and Bolt."""
