"""People of 2000 and 2020 scaled so that the census is met in its years.

    people(y) = people_2000^(1-t) * people_2020^t,   t = (y - 2000) / 20

Two census years fix both factors of a region, one year fixes their common value.
"""
import math

TRIES = 40


def geometric(people_2000, people_2020, year):
    """People in a year between (or after) the two, zero staying zero."""
    if people_2000 <= 0 or people_2020 <= 0:
        return 0.0
    t = (year - 2000) / 20
    return people_2000 ** (1 - t) * people_2020 ** t


def region_total(pairs, year):
    return sum(geometric(a, b, year) for a, b in pairs)


def scaled(pairs, census):
    """Whole people per cell; census is [(year, people)] of the region, one or two."""
    aims = dict(census)
    for _ in range(TRIES):
        first, second = _factors(pairs, aims)
        result = [_rounded(a * first, b * second) for a, b in pairs]
        misses = {year: people / region_total(result, year) for year, people in census}
        if all(abs(miss - 1) < 0.001 for miss in misses.values()):
            break
        aims = {year: aim * misses[year] for year, aim in aims.items()}
    return result


def _rounded(people_2000, people_2020):
    """Whole numbers; a cell is either empty in both years or settled in both."""
    if people_2000 + people_2020 < 1:
        return 0, 0
    return max(1, round(people_2000)), max(1, round(people_2020))


def _factors(pairs, aims):
    """The factors of 2000 and 2020: two linear equations in their logarithms."""
    rows = [((year - 2000) / 20, math.log(aim / region_total(pairs, year)))
            for year, aim in sorted(aims.items())]
    if len(rows) == 1:
        return (math.exp(rows[0][1]),) * 2
    (t1, g1), (t2, g2) = rows
    slope = (g2 - g1) / (t2 - t1)
    start = g1 - slope * t1
    return math.exp(start), math.exp(start + slope)
