"""What a form may ask; the rest is the administrator's to give, or HR's."""

ASKABLE = (
    "debtor.address",
    "debtor.tax_id",
    "pay_by",
    "reply_by",
    "signatory",
    "signatory_role",
    "purpose",
    "movements_since",
    "direction",
)
TERMS = ("pay_by", "reply_by")
DAYS = ("pay_by", "reply_by", "movements_since")
OPTIONAL = ("purpose", "reply_by", "signatory_role", "movements_since", "direction")
"""Kept although nothing needs them."""
