"""The routes of approvals for people."""
