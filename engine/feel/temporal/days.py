"""Counting days of the proleptic Gregorian calendar, for years of up to nine digits."""

from typing import Final

MAX_YEAR: Final = 999_999_999
MONTHS: Final = 12
DAYS_PER_ERA: Final = 146_097  # 400 years
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2
_MARCH_BASED_JANUARY: Final = 10


def is_leap(year: int) -> bool:
    """Whether February has 29 days in that year."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    return 29 if month == _FEBRUARY and is_leap(year) else _LENGTHS[month - 1]


def to_days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01."""
    shifted = year - (month <= _FEBRUARY)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * DAYS_PER_ERA + day_of_era - 719_468


def from_days(days: int) -> tuple[int, int, int]:
    """Year, month and day of a count of days since 1970-01-01."""
    era, day_of_era = divmod(days + 719_468, DAYS_PER_ERA)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < _MARCH_BASED_JANUARY else shifted - 9
    return era * 400 + year_of_era + (month <= _FEBRUARY), month, day


def add_months(year: int, month: int, day: int, months: int) -> tuple[int, int, int]:
    """The same day some months on, or the last day of that month where it is shorter."""
    year, index = divmod(year * MONTHS + month - 1 + months, MONTHS)
    return year, index + 1, min(day, month_length(year, index + 1))
