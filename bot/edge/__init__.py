"""The edge: a delivery of Slack comes in as a value, has its turn, and is answered."""
