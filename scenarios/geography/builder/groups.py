"""Ethnic mixes: regional orders of rank, fitted to the national shares.

A mix given as names in order of rank gets 50, 25, 15, 10 and 5 parts. Then the groups
are scaled towards the national shares and each region back to 1 (iterative proportional
fitting), damped and a few rounds only, and dealt out in the order of rank again: the
national shares guide, the regional picture stays.
"""
from collections import defaultdict

RANK_PARTS = (50, 25, 15, 10, 5)
ROUNDS, STRENGTH = 3, 0.4


def build_mixes(facts, regions, people, faults):
    """[(region, {group: share}, basis)] of listed regions and each country's rest."""
    groups = [row["group"] for row in facts["groups"]]
    mixes, basis = {}, {}
    for row in facts["mixes"]:
        if row["region"] not in regions and not row["region"].endswith("-*"):
            faults.add(row.where, f"region {row['region']}: no such region")
        mixes[row["region"]] = _parse(row, groups, faults)
        basis[row["region"]] = row["basis"]
    national = defaultdict(dict)
    for row in facts["national"]:
        national[row["iso3"]][row["group"]] = row["percent"]
        if row["group"] not in groups:
            faults.add(row.where, f"group {row['group']}: no such group")
    for iso3, shares in national.items():
        own = {r: mix for r, mix in mixes.items() if r.startswith(iso3)}
        _fit(own, shares, people)
        basis.update({r: f"{basis[r]}; fitted to national shares" for r in own})
        mixes[f"{iso3}-*"] = _normal(shares)
        basis[f"{iso3}-*"] = "national shares"
    return [(r, _rounded(mixes[r]), basis[r]) for r in sorted(mixes)]


def _parse(row, groups, faults):
    words = row["mix"].split()
    parts = {}
    for place, word in enumerate(words):
        name, _, percent = word.partition(":")
        if name not in groups:
            faults.add(row.where, f"group {name}: no such group")
        try:
            parts[name] = float(percent) if percent else RANK_PARTS[place]
        except (ValueError, IndexError):
            faults.add(row.where,
                       f"mix {word}: must be at most five names, or name:percent")
    if all(":" in word for word in words) and abs(sum(parts.values()) - 100) > 0.01:
        faults.add(row.where, f"mix adds up to {sum(parts.values()):g}, not 100")
    return _normal(parts) if parts else {"other": 1.0}


def _normal(parts):
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}


def _fit(mixes, national, people):
    """Scales the mixes of one country towards its national shares."""
    aims = _normal(national)
    total = sum(people[r] for r in mixes)
    first_guess = {region: dict(mix) for region, mix in mixes.items()}
    for _ in range(ROUNDS):
        sums = defaultdict(float)
        for region, mix in mixes.items():
            for group, share in mix.items():
                sums[group] += share * people[region] / total
        for region, mix in mixes.items():
            mix.update(_normal(
                {g: s * (aims.get(g, sums[g]) / sums[g]) ** STRENGTH
                 for g, s in mix.items()}))
    for region, mix in mixes.items():
        _keep_order(mix, first_guess[region])


def _keep_order(mix, first_guess):
    """The fitted shares, dealt out again in the order of the first guess."""
    order = sorted(first_guess, key=lambda g: -first_guess[g])
    mix.update(zip(order, sorted(mix.values(), reverse=True)))


def _rounded(mix):
    """Shares of three decimals that add up to 1; the largest takes the rest."""
    thousandths = {g: round(1000 * s) for g, s in mix.items()}
    thousandths[max(mix, key=lambda g: (mix[g], g))] += 1000 - sum(thousandths.values())
    return {g: n / 1000 for g, n in thousandths.items() if n > 0}
