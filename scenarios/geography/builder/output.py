"""The tables as they are committed: one function each, comment lines on top."""
from .tables import fixed, write

NATURAL_EARTH = "Natural Earth 1:10m (public domain)"
GEONAMES = "GeoNames (CC BY 4.0)"
WORLDPOP = "WorldPop (CC BY 4.0)"
OURS = "BSD-3-Clause, as the program"


def write_countries(folder, rows):
    write(folder, "countries.csv",
          ["Countries of the box and their capitals (some capitals lie outside it)",
           f"Source: {NATURAL_EARTH}, {GEONAMES}"],
          ["iso3", "name", "capital", "lon", "lat"],
          [[r["iso3"], r["name"], r["capital"], fixed(r["lon"], 3), fixed(r["lat"], 3)]
           for r in sorted(rows, key=lambda r: r["iso3"])])


def write_regions(folder, regions):
    def row(region):
        lon, lat = region.label
        last = _last_count(region)
        census = [last["year"], last["people"], last["basis"]] if last else ["", "", ""]
        return [region.region, region.iso3, region.name, fixed(lon, 3), fixed(lat, 3),
                *census]
    write(folder, "regions.csv",
          ["First-level regions, label point, last census count (all: census.csv)",
           f"Source: {NATURAL_EARTH}; censuses of the statistical offices"],
          ["region", "iso3", "name", "lon", "lat", "census_year", "census_people",
           "basis"],
          [row(region) for region in regions])


def _last_count(region):
    counts = [row for row in region.census if row["kind"] == "census"]
    return counts[-1] if counts else None


def write_census(folder, rows):
    write(folder, "census.csv",
          ["People by region in the years that the cells are scaled to",
           "Source: censuses of the statistical offices"],
          ["region", "year", "people", "kind", "basis"],
          [[r["region"], r["year"], r["people"], r["kind"], r["basis"]]
           for r in sorted(rows, key=lambda r: (r["region"], r["year"]))])


def write_cells(folder, cells):
    write(folder, "cells.csv",
          ["Land cells of 0.25 degree: people, terrain, water, roads, distances, use",
           f"Source: {WORLDPOP}, {NATURAL_EARTH}, {GEONAMES}, ETOPO5 (public domain), "
           "pastoral suitability after Beck and Sieber 2010; see README.md"],
          ["lon", "lat", "country", "region", "land", "people_2000", "people_2020",
           "elevation_m", "ruggedness_m", "river", "lake", "road", "border_km",
           "capital_km", "town_km", "pasture", "protected", "urban"],
          [[fixed(c.lon, 3), fixed(c.lat, 3), c.iso3, c.region.region, fixed(c.land, 3),
            *c.people, fixed(c.elevation, 0), fixed(c.ruggedness, 0), int(c.river),
            fixed(c.lake, 3), int(c.road), fixed(c.border_km, 1),
            fixed(c.capital_km, 1), fixed(c.town_km, 1), fixed(c.pasture, 3),
            fixed(c.protected, 3), fixed(c.urban, 3)] for c in cells])


def write_places(folder, places):
    write(folder, "places.csv",
          ["Towns: rank 0 capital, 1 region capital or above 100,000 people, 2 other",
           f"Source: {GEONAMES}, {NATURAL_EARTH}; theatre towns corrected by us"],
          ["name", "iso3", "lon", "lat", "people", "rank"],
          [[p.name, p.iso3, fixed(p.lon, 3), fixed(p.lat, 3), p.people, p.rank]
           for p in places])


def write_lines(folder, layers):
    rows = []
    for layer, lines in layers.items():
        for part, (name, line) in enumerate(lines):
            rows += [[layer, part, name, fixed(lon, 3), fixed(lat, 3)]
                     for lon, lat in line.coords]
    write(folder, "lines.csv",
          ["Lines of a map, simplified to 0.02 degree; a lake is a closed line",
           f"Source: {NATURAL_EARTH}; roads: trans-African highways (CC0)"
           " and straight legs between towns"],
          ["layer", "part", "name", "lon", "lat"], rows)


def write_gold(folder, rows):
    write(folder, "gold.csv",
          ["Artisanal gold areas; radius, weight (relative yield), year are assumed, "
           "places marked (A) too", f"Compiled by us from the basis named; {OURS}"],
          ["name", "lon", "lat", "radius_km", "weight", "from_year", "basis"],
          [[r["name"], fixed(r["lon"], 3), fixed(r["lat"], 3), fixed(r["radius_km"], 1),
            fixed(r["weight"], 2), r["from_year"], r["basis"]] for r in rows])


def write_protected(folder, rows):
    write(folder, "protected.csv",
          ["Protected areas and forests as circles, several to an area", OURS],
          ["name", "iso3", "lon", "lat", "radius_km", "basis"],
          [[r["name"], r["iso3"], fixed(r["lon"], 3), fixed(r["lat"], 3),
            fixed(r["radius_km"], 1), "assumed"] for r in rows])


def write_groups(folder, rows):
    write(folder, "groups.csv",
          ["Ethnic groups and their usual livelihood (assumed)", OURS],
          ["group", "name", "livelihood"],
          [[r["group"], r["name"], r["livelihood"]] for r in rows])


def write_ethnicity(folder, mixes):
    write(folder, "ethnicity.csv",
          ["Share of each group in a region; ISO-*: the country's other regions",
           f"Basis: rank = order from descriptions, assumed = our estimate; {OURS}"],
          ["region", "group", "share", "basis"],
          [[region, group, fixed(-share, 3), basis] for region, mix, basis in mixes
           for share, group in sorted((-s, g) for g, s in mix.items())])


def write_bases(folder, bases):
    write(folder, "bases.csv",
          ["Towns with bases of armies and foreign forces; dates belong to scenarios",
           f"Coordinates: {GEONAMES}; compiled by us"],
          ["name", "iso3", "lon", "lat", "kind", "basis"],
          [[place.name, place.iso3, fixed(place.lon, 3), fixed(place.lat, 3),
            row["kind"], row["basis"]] for row, place in bases])
