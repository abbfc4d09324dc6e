"""When things happen in the demonstration, counted from the day on which it is built."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Bishkek")


class Until(StrEnum):
    """How far the year of the demonstration has come."""

    OPEN = "open"
    READING = "reading"
    DECIDING = "deciding"
    ANNOUNCED = "announced"
    IMPACT = "impact"


# Days from today to the close.
_CLOSE = {Until.OPEN: 10, Until.READING: -12, Until.DECIDING: -36, Until.ANNOUNCED: -40, Until.IMPACT: -330}


@dataclass(frozen=True, slots=True)
class Dates:
    """The instants of the edition, and today's."""

    now: datetime
    opens: datetime
    closes: datetime
    reading_starts: datetime
    reading_ends: datetime
    announced: datetime
    starts: datetime
    ends: datetime

    def words(self) -> dict[str, str]:
        """What to put between the @ of the programme file."""
        wall = "%Y-%m-%d %H:%M"
        return {
            "year": f"{self.starts:%Y}",
            "opens": f"{self.opens:{wall}}",
            "closes": f"{self.closes:{wall}}",
            "results": f"{self.announced:%Y-%m-%d}",
            "part": ("early", "mid", "late")[min((self.announced.day - 1) // 10, 2)] + "_month",
            "online": f"{self.starts - timedelta(days=14):%Y-%m-%d}",
            "starts": f"{self.starts:%Y-%m-%d}",
            "ends": f"{self.ends:%Y-%m-%d}",
        }


def dates(until: Until, now: datetime) -> Dates:
    """The dates of an edition that has come so far."""
    today = now.astimezone(ZONE)
    closes = datetime.combine(today.date() + timedelta(days=_CLOSE[until]), time(23, 59), ZONE)
    starts = datetime.combine(closes.date() + timedelta(days=70), time(10), ZONE)
    return Dates(
        now=now,
        opens=datetime.combine(closes.date() - timedelta(days=50), time(12), ZONE),
        closes=closes,
        reading_starts=closes + timedelta(days=2),
        reading_ends=closes + timedelta(days=30),
        announced=datetime.combine(closes.date() + timedelta(days=39), time(12), ZONE),
        starts=starts,
        ends=starts + timedelta(days=5),
    )
