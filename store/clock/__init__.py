"""Time, at the edge: everything else is given its `now`; and days as people write and read them."""

from store.clock.days import FIRST_DAY, LAST_DAY, age_words, day_words, parse_day
from store.clock.moments import local_day, utc_now, whole_days

__all__ = ["FIRST_DAY", "LAST_DAY", "age_words", "day_words", "local_day", "parse_day", "utc_now", "whole_days"]
