"""The grid cells: what lies in each quarter-degree square of land."""
import math
from collections import defaultdict

import numpy
from shapely.geometry import Polygon

from .people import geometric, scaled
from .places import BIG
from .regions import Finder
from .shapes import (BOX, CELL_DEG, Near, cell_box, circle, dense_points, inside,
                     nearest_km, polylines)

LAND_LEAST = 0.001      # a cell with less land is sea
BORDER_SHARE = 0.2      # a border cell may follow its towns to a country of this share
SUBDIVISION = 10        # a cell's protected share is counted on 10 x 10 points
URBAN_MOST = 0.95       # nowhere does everybody live in a listed town
TOWN_YEAR = {"MLI": 2009, "NER": 2012, "BFA": 2019}     # of facts/towns.csv
TOWN_YEAR_ELSE = 2010   # of the sources' towns elsewhere, about
TOWN_LEAST = 2000       # smaller places are villages
CITY = 100000           # larger ones may reach into the cells around
LIFT_MOST = 950000      # larger ones are well seen in the source
LIFT_ROUNDS = 3


class Cell:
    """One square; the facts of the output table are added step by step."""

    def __init__(self, row):
        self.lon, self.lat, self.iso3 = row["lon"], row["lat"], row["iso3"]
        self.second = row["iso3_2"], row["iso3_2_share"]
        self.land = row["land_share"]
        self.people = row["pop2000"], row["pop2020"]
        self.elevation, self.ruggedness = max(0.0, row["elev_mean"]), row["elev_sd"]
        self.square = cell_box(self.lon, self.lat)
        self.river = self.road = False
        self.lake = self.pasture = self.protected = self.urban = 0.0
        self.region = None


def build_cells(inputs, regions, places, roads, faults):
    countries = {row["iso3"]: row for row in inputs["facts"]["countries"]}
    cells = []
    for row in inputs["quarter_cells"]:
        if not inside(row["lon"], row["lat"]) or row["land_share"] < LAND_LEAST:
            continue
        if row["iso3"] in countries:
            cells.append(Cell(row))
        else:
            faults.add(row.where, f"iso3 {row['iso3']}: no such country")
    cells.sort(key=lambda c: (c.lat, c.lon))
    _follow_towns(cells, places)
    _add_regions(cells, regions)
    _add_people(cells, regions, places, faults)
    _add_water_and_roads(cells, inputs, roads)
    _add_distances(cells, inputs, countries, places)
    _add_pasture(cells, inputs["half_cells"], faults)
    _add_protected(cells, inputs["facts"]["protected"])
    _add_urban(cells, places)
    return cells


def _follow_towns(cells, places):
    """A border cell is of its largest country, or the second if the towns are there."""
    towns = defaultdict(float)
    for place in places:
        towns[_square_of(place.lon, place.lat), place.iso3] += place.people
    for cell in cells:
        square, (second, share) = _square_of(cell.lon, cell.lat), cell.second
        if share >= BORDER_SHARE and towns[square, second] > towns[square, cell.iso3]:
            cell.iso3 = second


def _add_regions(cells, regions):
    finder = Finder(regions)
    for cell in cells:
        cell.region = finder.largest(cell.iso3, cell.square)
    for city in finder.city_regions(CELL_DEG ** 2):
        parts = [(city.shape.intersection(c.square).area, c) for c in cells
                 if c.iso3 == city.iso3 and c.square.intersects(city.shape)]
        most = max((area for area, _ in parts), default=0)
        for area, cell in parts:
            if area >= most or area > 0.25 * city.shape.area:
                cell.region = city


def _add_people(cells, regions, places, faults):
    """Counts of the source; where there is a census, lifted to the towns and scaled."""
    towns = defaultdict(float)
    for place in places:
        if TOWN_LEAST <= place.people < LIFT_MOST:
            towns[_square_of(place.lon, place.lat)] += place.people
    members = defaultdict(list)
    for cell in cells:
        members[cell.region.region].append(cell)
    for name, region in regions.items():
        own = members[name]
        if not region.census:
            for cell in own:
                cell.people = tuple(int(round(p)) for p in cell.people)
        elif not own:
            faults.add(region.census[0].where, f"region {name} has no cell")
        else:
            census = [(row["year"], row["people"]) for row in region.census]
            lifts = [towns[_square_of(c.lon, c.lat)] / URBAN_MOST for c in own]
            pairs = [c.people for c in own]
            year = _town_year(region.iso3)
            for cell, people in zip(own, _lifted(pairs, lifts, census, year)):
                cell.people = people


def _town_year(iso3):
    return TOWN_YEAR.get(iso3, TOWN_YEAR_ELSE)


def _lifted(pairs, least, census, town_year):
    """Scaled people, no cell with less than its towns, which the source smears."""
    for _ in range(LIFT_ROUNDS):
        result = scaled(pairs, census)
        now = [max(1.0, geometric(*pair, town_year)) for pair in result]
        pairs = [(a * max(1.0, aim / n), b * max(1.0, aim / n))
                 for (a, b), aim, n in zip(pairs, least, now)]
    return scaled(pairs, census)


def people_by_region(cells, year):
    totals = defaultdict(float)
    for cell in cells:
        totals[cell.region.region] += geometric(*cell.people, year)
    return totals


class _Squares:
    """Finds the cells that a shape crosses."""

    def __init__(self, cells):
        self.cells = cells
        self.tree = Near([cell.square for cell in cells])

    def crossed(self, shape):
        near = [self.cells[i] for i in self.tree.query(shape)]
        return [cell for cell in near if cell.square.intersects(shape)]


def _add_water_and_roads(cells, inputs, roads):
    squares = _Squares(cells)
    for _, line in polylines(inputs["rivers"]).values():
        for cell in squares.crossed(line):
            cell.river = True
    for _, line in roads:
        for cell in squares.crossed(line):
            cell.road = True
    for _, line in polylines(inputs["lakes"]).values():
        lake = Polygon(line.coords).buffer(0)
        for cell in squares.crossed(lake):
            share = lake.intersection(cell.square).area / CELL_DEG ** 2
            cell.lake = min(1.0, cell.lake + share)


def _add_distances(cells, inputs, countries, places):
    centres = [(c.lon, c.lat) for c in cells]
    borders = [line for _, line in polylines(inputs["borders"]).values()]
    towns = [(p.lon, p.lat) for p in places if p.people >= BIG]
    border_km = nearest_km(centres, dense_points(borders))
    town_km = nearest_km(centres, towns)
    for cell, border, town in zip(cells, border_km, town_km):
        cell.border_km, cell.town_km = float(border), float(town)
    for iso3, country in countries.items():
        own = [c for c in cells if c.iso3 == iso3]
        capital = [(country["lon"], country["lat"])]
        distances = nearest_km([(c.lon, c.lat) for c in own], capital)
        for cell, distance in zip(own, distances):
            cell.capital_km = float(distance)


def _add_pasture(cells, half_cells, faults):
    """Suitability is known for whole degrees and interpolated between their centres."""
    known = {}
    for row in half_cells:
        if row["pastoral_1deg"] == "":
            continue
        try:
            value = float(row["pastoral_1deg"])
        except ValueError:
            value = -1.0
        if 0 <= value <= 1:
            known[math.floor(row["lon"]), math.floor(row["lat"])] = value
        else:
            faults.add(row.where, "pastoral_1deg must lie in 0..1")
    for cell in cells:
        cell.pasture = _between_degrees(known, cell.lon - 0.5, cell.lat - 0.5)


def _between_degrees(known, lon, lat):
    west, south = math.floor(lon), math.floor(lat)
    total = weights = 0.0
    for column in (west, west + 1):
        for row in (south, south + 1):
            weight = (1 - abs(lon - column)) * (1 - abs(lat - row))
            if (column, row) in known and weight > 0:
                total += weight * known[column, row]
                weights += weight
    return total / weights if weights else 0.0


def _add_protected(cells, rows):
    squares = _Squares(cells)
    steps = (numpy.arange(SUBDIVISION) + 0.5) / SUBDIVISION - 0.5
    covered = defaultdict(lambda: numpy.zeros((SUBDIVISION, SUBDIVISION), dtype=bool))
    for row in rows:
        for cell in squares.crossed(circle(row["lon"], row["lat"], row["radius_km"])):
            lon, lat = numpy.meshgrid(cell.lon + CELL_DEG * steps,
                                      cell.lat + CELL_DEG * steps)
            points = numpy.stack([lon.ravel(), lat.ravel()], axis=1)
            near = nearest_km(points, [(row["lon"], row["lat"])]) <= row["radius_km"]
            covered[id(cell)] |= near.reshape(covered[id(cell)].shape)
    for cell in cells:
        if id(cell) in covered:
            cell.protected = float(covered[id(cell)].mean())


def _add_urban(cells, places):
    """Townspeople by cell; what a cell cannot hold lives in the cells around it."""
    by_place = {_square_of(c.lon, c.lat): c for c in cells}
    people = {key: geometric(*c.people, _town_year(c.iso3))
              for key, c in by_place.items()}
    urban = defaultdict(float)
    for place in sorted(places, key=lambda p: (-p.people, p.name)):
        if place.people < TOWN_LEAST:
            continue
        x, y = _square_of(place.lon, place.lat)
        rest = _fill([(x, y)], place.people, people, urban)
        if place.people >= CITY:
            around = [(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            _fill([key for key in around if key in people], rest, people, urban)
    for key, cell in by_place.items():
        cell.urban = urban[key] / people[key] if people[key] > 0 else 0.0


def _fill(keys, count, people, urban):
    """Settles count townspeople where there is room; returns those left over."""
    room = {k: max(0.0, URBAN_MOST * people.get(k, 0.0) - urban[k]) for k in keys}
    total = sum(room.values())
    settled = min(count, total)
    for key in keys:
        if total > 0:
            urban[key] += settled * room[key] / total
    return count - settled


def _square_of(lon, lat):
    return math.floor((lon - BOX[0]) / CELL_DEG), math.floor((lat - BOX[1]) / CELL_DEG)
