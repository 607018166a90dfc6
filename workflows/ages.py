"""Ages, as the law counts them."""

from datetime import date


def age_on(birth_date: date, day: date) -> int:
    """Full years of age on a day. Raises ValueError for a day before the birth.

    Civil law: an age is reached on the birthday, and whoever is eighteen is an adult (Civil Code art. 17 with
    art. 1259: 以上 takes in the number named). Born on 29 February: in a year without that day the age is
    reached on the last day of the month, 28 February (art. 202). Criminal practice counts from the day after.
    """
    if day < birth_date:
        raise ValueError("nobody has an age before birth")
    return day.year - birth_date.year - (day < find_birthday(birth_date, day.year))


def find_birthday(birth_date: date, year: int) -> date:
    """The birthday in a year: 28 February for the 29th where the year lacks it (Civil Code art. 202)."""
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
