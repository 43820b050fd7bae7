"""YunExpress: YT and 16 digits, without check digit."""

from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="yunexpress",
    name="YunExpress",
    formats=(NumberFormat(id="yunexpress_yt", pattern="(?P<number>YT[0-9]{16})", lengths=(18,), prefix="YT"),),
    tracking_url="https://www.yuntrack.com/parcelTracking?id={number}",
    examples=Examples(valid=(Example("YT2229521272164446"),), invalid=("YT123456789012345", "TY2229521272164446")),
)
