"""Who covers goods in the carrier's place: insurers whose claim rules stand in the table beside the carriers'.

A claim says whose cover it is made under; rule, window, documents, cover and addressee then follow from that.
"""

INSURERS = ("u_pic", "parcelguard", "pb_parcel_protection")  # ids, as the table of rules names them


def answering(carrier: str, insurer: str) -> str:
    """The id of who answers for the goods: the insurer where there is one, else the carrier."""
    return insurer or carrier
