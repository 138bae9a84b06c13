"""Every table the builder reads, and what each column of it must hold."""
import os

from .tables import LAT, LON, any_text, choice, flag, number, read, text, whole

LINE = {"feature": whole(0, 10**6), "part": whole(0, 10**6), "lon": LON, "lat": LAT}
RING = {"part": whole(0, 10**6), "ring": whole(0, 10**6), "lon": LON, "lat": LAT}
PEOPLE = number(0, 1e9)
SHARE = number(0, 1)

SOURCES = {
    "quarter_cells": ("grid/quarter_degree_cells.csv", {
        "gid": whole(1, 259200), "lon": LON, "lat": LAT, "iso3": text,
        "iso3_2": any_text, "iso3_2_share": SHARE, "land_share": SHARE,
        "pop2000": PEOPLE, "pop2020": PEOPLE,
        "elev_mean": number(-12000, 9000),
        "elev_sd": number(0, 9000)}),
    "half_cells": ("grid/priogrid_cells.csv", {
        "gid": whole(1, 259200), "lon": LON, "lat": LAT, "pastoral_1deg": any_text}),
    "country_rings": ("natural-earth/countries_vertices.csv", {"iso3": text, **RING}),
    "units": ("natural-earth/admin1.csv", {
        "iso3": text, "adm1_code": text, "iso_3166_2": text, "name": text,
        "label_lon": LON, "label_lat": LAT}),
    "unit_rings": ("natural-earth/admin1_vertices.csv", {"adm1_code": text, **RING}),
    "borders": ("natural-earth/borders.csv", {
        **LINE, "adm0_left": any_text, "adm0_right": any_text}),
    "rivers": ("natural-earth/rivers.csv", {
        **LINE, "name": any_text, "scalerank": number(0, 12)}),
    "lakes": ("natural-earth/lakes.csv", {
        **LINE, "name": any_text, "scalerank": number(0, 12)}),
    "towns_ne": ("natural-earth/places.csv", {
        "name": text, "iso3": text, "featurecla": text, "pop_max": PEOPLE,
        "lon": LON, "lat": LAT}),
    "towns_gn": ("geonames-places/places.csv", {
        "geoname_id": whole(1, 10**9), "name": text, "country": text,
        "feature_code": any_text, "population": PEOPLE, "lon": LON, "lat": LAT}),
    "highways": ("highways/trans_african_highways.csv", {**LINE, "name": any_text}),
}

FACTS = {
    "countries": ("facts/countries.csv", {
        "iso3": text, "name": text, "capital": text, "lon": LON, "lat": LAT}),
    "unit_regions": ("facts/units.csv", {"unit": text, "region": text, "name": text}),
    "census": ("facts/census.csv", {
        "region": text, "year": whole(1990, 2030), "people": whole(1, 10**9),
        "kind": choice("census", "projection"), "basis": text}),
    "towns": ("facts/towns.csv", {
        "name": text, "iso3": text, "lon": LON, "lat": LAT, "people": whole(0, 10**8)}),
    "spellings": ("facts/spellings.csv", {
        "iso3": text, "source_name": text, "geoname_id": any_text, "name": any_text}),
    "roads": ("facts/roads.csv", {"axis": text, "route": text}),
    "gold": ("facts/gold.csv", {
        "name": text, "lon": LON, "lat": LAT, "radius_km": number(1, 500),
        "weight": number(0, 10), "from_year": whole(1900, 2030), "basis": text}),
    "protected": ("facts/protected.csv", {
        "name": text, "iso3": text, "lon": LON, "lat": LAT,
        "radius_km": number(1, 500)}),
    "groups": ("facts/groups.csv", {
        "group": text, "name": text,
        "livelihood": choice("herding", "farming", "mixed", "trade")}),
    "national": ("facts/national.csv", {
        "iso3": text, "group": text, "percent": number(0, 100), "basis": text}),
    "mixes": ("facts/mixes.csv", {
        "region": text, "mix": text, "basis": choice("rank", "assumed", "sourced")}),
    "bases": ("facts/bases.csv", {
        "town": text, "iso3": text, "basis": text,
        "kind": choice("headquarters", "garrison", "foreign")}),
}


def read_all(source_dir, faults):
    """name -> rows, of all sources and facts."""
    here = os.path.dirname(os.path.abspath(__file__))
    found = {name: read(source_dir, path, columns, faults)
             for name, (path, columns) in SOURCES.items()}
    found["facts"] = {name: read(here, path, columns, faults)
                      for name, (path, columns) in FACTS.items()}
    return found
