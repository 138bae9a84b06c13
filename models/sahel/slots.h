/* Slots: the arrays through which mechanisms act on each other, by owner.
 *
 * A slot has one owner, the mechanism that writes it; everybody may read it. When its
 * owner is switched off it stands at its neutral value, at which it means nothing
 * (owners whose neutral value must be worked out do that in `rest`). Slots of `ground`
 * belong to the parts that have no switch; slots of `today` are emptied when a day
 * begins. One row makes the pointer in struct sahel, the array with its unit and text in
 * checkpoint and digest, and its rest (state.c).
 *
 *   X(owner, name, element, count, neutral value, unit, meaning)
 *
 * A count is an expression in `s`, the shared state, and `n`, the number of cells; its
 * factors are the axes in their order, the last one running fastest. */
#ifndef SAHEL_SLOTS_H
#define SAHEL_SLOTS_H

/* clang-format off */
#define SAHEL_SLOTS(X) \
    /* organisations, and who belongs to whom */ \
    X(ground, treasury, int64_t, s->nfactions, 0, "0.01 USD", "Money of a faction") \
    X(ground, line, int16_t, s->nfactions, 0, "1", "Whose row gives its habits; itself unless it split off") \
    X(ground, active, uint8_t, s->nfactions, 0, "1", "1 once it has appeared") \
    X(ground, arrears, float, s->nfactions, 0, "1", "Share of pay not met lately, 0..1") \
    X(ground, given, float, s->nfactions * s->nfactions, 0, "1", "Stance it falls back to") \
    X(ground, ranks, int32_t, s->nfactions, 0, "persons", "Fighters when the day's pay was due") \
    X(spending, kit, float, s->nfactions * SAHEL_KITS, 0, "USD", "Worth of its weapons, motorcycles, communications") \
    X(spending, firepower, float, s->nfactions, 1, "1", "Fire by weapons bought, against habit") \
    X(spending, mobility, float, s->nfactions, 1, "1", "Reach by motorcycles and fuel, against habit") \
    X(spending, contactable, float, s->nfactions, 1, "1", "How well its bands find each other, against habit") \
    X(pledges, pledged, int16_t, s->nfactions, -1, "1", "Whom its pledge in force goes to, or -1") \
    X(pledges, swore, uint8_t, s->nfactions, 0, "1", "1 once its dated pledge has held") \
    X(pledges, bloc, int16_t, s->nfactions, 0, "1", "Who pools money and fighters; at rest the faction") \
    X(pledges, hosting, float, s->nfactions, 0, "1", "What its bloc shares of places, 0..1") \
    X(outreach, affinity, float, s->nfactions * s->ngroups, 0, "1", "Pull on an ethnic group, 0..1; at rest its profile") \
    X(rival, stance, float, s->nfactions * s->nfactions, 0, "1", "Stance to another faction, -1 war .. 1 allied; at rest as given") \
    X(rival, at_war, uint8_t, s->nfactions * s->nfactions, 0, "1", "1 in open war; at rest where the stance is below 0") \
    X(cohesion, cohesion, float, s->nfactions, 1, "1", "0 falls apart .. 1 one body") \
    X(leadership, leadership, float, s->nfactions, 1, "1", "0 lost .. 1 settled") \
    X(leadership, drive, float, s->nfactions, 1, "1", "Tempo by its leadership") \
    X(learning, skill, float, s->nfactions, 1, "1", "Tempo by what it has learned, against habit") \
    X(command, echo, float, s->nfactions * SAHEL_NKINDS, 1, "1", "Rate of a kind against habit") \
    X(negotiation, truce, float, s->nfactions, 0, "1", "Share of its war on states laid down, 0..1") \
    X(negotiation, truce_with, float, s->nfactions * s->ncountries, 0, "1", "Share of its war on each state laid down, 0..1") \
    X(accord, refuge, float, n, 0, "1", "State kept out, 0..1") \
    /* the land, the state, who is felt where */ \
    X(environment, season, float, n, 1, "1", "Ease of movement and attacks against the dry season") \
    X(environment, drought, float, n, 0, "1", "Shortage of pasture and harvest, 0..1") \
    X(environment, shortage, float, n * SAHEL_LIVELIHOODS, 0, "1", "Share lost to drought") \
    X(ground, influence, float, s->nfactions * n, 0, "persons", "Fighters felt, by faction") \
    X(ground, insurgent, float, n, 0, "persons", "Fighters felt, of those at war with states") \
    X(ground, fighters_felt, float, n, 0, "persons", "Fighters of all factions felt") \
    X(ground, cover, float, n, 0, "persons", "Foreign soldiers felt today") \
    X(ground, shield, float, n, 0, "persons", "Foreign soldiers that people and fighters count on") \
    X(ground, soldiers_felt, float, n, 0, "persons", "National soldiers felt") \
    X(ground, violence, float, n, 0, "persons", "Deaths remembered, half-life some weeks") \
    X(state_presence, state, float, n, SAHEL_STATE_NEUTRAL, "1", "Presence of the state, 0..1") \
    X(ground, state_base, float, n, SAHEL_STATE_NEUTRAL, "1", "Presence by services and distance alone") \
    X(ground, control, float, n, -1, "1", "Control, -2 state .. 2 insurgents") \
    X(control, coercion, float, 2 * n, 1, "1", "Violence against civilians by zone, [insurgents, forces][cell]") \
    X(foreign_force, operation, float, n, 0, "1", "Strength of a running area operation, 0..1") \
    X(foreign_force, wary, float, n, 0, "1", "Attacks not ventured near partners, 0..1") \
    X(un_mission, sheltered, float, n, 0, "1", "Attacks on civilians prevented, 0..1") \
    X(joint_command, shared_tips, float, n, 0, "1", "What allied forces know of it, 0..1") \
    X(joint_command, followed, float, n, 0, "1", "Who crosses the border there is pursued, 0..1") \
    X(ground, tips, float, n, 0, "1", "Informing on insurgents, 0..1: will, and a state to tell") \
    /* feuds and armed villages */ \
    X(feuds, feud_heat, float, n, 0, "1", "Running feud between communities, 0..1") \
    X(feuds, mixture, float, n, 0, "1", "Mixture of herding and farming communities, 0..1") \
    X(feuds, grudge, float, n, 0, "persons", "Deaths of feuds remembered around") \
    X(mediation, calmed, float, n, 0, "1", "Share of feuds settled, 0..1") \
    X(mediation, inflamed, float, n, 0, "1", "Feuds kept alive by partisans, 0..1") \
    X(mediation, feud_call, float, n * s->ngroups, 0, "1", "Pull of a party to feuds") \
    X(self_defence, armed, float, n * s->ngroups, 0, "1", "Share armed for defence") \
    X(self_defence, under_arms, float, n, 0, "1", "Share of its people armed") \
    X(self_defence, vigil, float, n, 0, "1", "Armed villages watch, 0..1") \
    /* people: what acts on them, what they answer */ \
    X(ground, people_now, int32_t, n, 0, "persons", "People") \
    X(ground, people_group, int32_t, n * s->ngroups, 0, "persons", "People by ethnic group") \
    X(ground, displaced_now, int32_t, n, 0, "persons", "Displaced people living here") \
    X(ground, rest, float, n * s->ngroups, 0, "1", "Grievance they fall back to") \
    X(ground, hurt, float, n * s->ngroups, 0, "1", "Harm from forces, pending, per head") \
    X(ground, menace, float, n * s->ngroups, 0, "1", "Harm from insurgents, pending, per head") \
    X(ground, joined, float, n * s->ngroups, 0, "persons", "Those who joined from here, fading with cohorts") \
    X(ground, drawn, float, n * s->ngroups, 0, "persons", "Those of them who followed kin or friends") \
    X(recruitment, contact, float, n * s->ngroups, 0, "1", "Pull of the groups present, 0..1") \
    X(recruitment, tie, float, n * s->ngroups, 0, "1", "The same through kin") \
    X(recruitment, feud, float, n * s->ngroups, 0, "1", "The same through feuds") \
    X(ties, kin, float, n * s->ngroups, 0, "1", "Ties to fighters, 0..1") \
    X(ground, wealth_rest, float, n * SAHEL_LIVELIHOODS, 0, "1", "Wealth in a normal year") \
    X(gold, lode, float, n, 0, "1", "What gold is worth to who holds it, 0..1") \
    X(gold, prize, float, n, 0, "1", "Acts that contested gold adds, against 1") \
    X(attacks, silenced, float, n, 0, "1", "Share of its people that dare not inform") \
    X(predation, taken, float, n, 0, "1", "Share taken by armed groups") \
    X(slow_drivers, relief, float, n, 0, "1", "Share of poverty overcome, -1..1") \
    X(slow_drivers, probity, float, n, 0, "1", "Share of grievance at rest overcome, -1..1") \
    X(slow_drivers, idle, float, n, 1, "1", "Young people out of school against the first day") \
    X(aid_access, hardship, float, n, 0, "1", "Share of wealth lost where the displaced are not reached") \
    X(aid_access, aided, float, n, 0, "1", "Returns that aid adds, against those without it") \
    X(aid_access, forsaken, float, n, 0, "1/day", "Hazard that displaced people move on for want") \
    X(legitimacy, stay, float, n, 0, "days", "Foreign presence remembered, in days of full presence") \
    X(legitimacy, wronged, float, n, 0, "persons", "Civilians killed by foreign forces, remembered") \
    X(legitimacy, backing, float, n, 0, "1", "Shift of the will to inform, -1..1") \
    X(legitimacy, resented, float, n * s->ngroups, 0, "1", "Grievance at rest over foreign presence, 0..1") \
    X(local_pacts, pact, int16_t, n, -1, "1", "Faction that a pact of the place is with, or -1") \
    X(local_pacts, spared, float, n, 0, "1", "Share of that faction's attacks on civilians left out") \
    X(local_pacts, dues, float, n, 0, "1", "Levies it takes beyond those without a pact") \
    X(local_pacts, ruled, float, n, 0, "1", "Share of what it lacks of presence that its rules make up") \
    X(ground, readiness, float, n * SAHEL_NREASONS, 0, "persons/day", "Joiners expected") \
    X(ground, flight, float, n, 0, "persons/day", "People expected to flee") \
    X(displacement, flight_rate, float, n, 0, "1/day", "Flight per unit of fear") \
    /* forces */ \
    X(overstretch, response, float, s->nforces, 1, "1", "Share of calls answered in time") \
    X(protection, protection, float, s->nforces, 0, "1", "Share of device losses that armour avoids") \
    X(protection, escorted, float, n, 0, "1", "Share that partners near avoid for others") \
    X(ground, discipline, float, s->nforces, 1, "1", "Civilians harmed against habit") \
    X(funding, funding, float, s->nforces, 1, "1", "What its money lets it do") \
    X(joint_command, strip_km, float, s->nforces, 0, "km", "Depth it may act in along borders") \
    X(joint_command, allied, uint8_t, s->nforces * s->ncountries, 0, "1", "1 where it may act in strips") \
    X(joint_command, delay, float, s->nforces, 1, "1", "Time to decide against habit") \
    X(assistance, training, float, s->nforces, 1, "1", "Civilians harmed by training") \
    X(assistance, equipped, float, s->nforces, 1, "1", "Fire by equipment") \
    X(assistance, armoured, float, s->nforces, 0, "1", "Lack of armour made good by aid, 0..1") \
    X(un_mission, restraint, float, s->nforces, 0, "1", "Contacts it does not seek, 0..1") \
    /* the books: sums since the first day, for what must be conserved, and of today */ \
    X(ground, sum, int64_t, SAHEL_NSUMS, 0, "1", "Sums since the first day") \
    X(today, events_cell, int32_t, n, 0, "1", "Events") \
    X(today, deaths_cell, int32_t, n, 0, "persons", "Deaths") \
    X(today, deaths_kind, int64_t, SAHEL_NKINDS * s->ncountries, 0, "persons", "Deaths by kind") \
    X(today, events_kind, int64_t, SAHEL_NKINDS * s->ncountries, 0, "1", "Events by kind") \
    X(today, deaths_cause, int64_t, SAHEL_NCAUSES * s->ncountries, 0, "persons", "Deaths by cause") \
    X(today, events_cause, int64_t, SAHEL_NCAUSES * s->ncountries, 0, "1", "Events by cause") \
    X(today, wounded_cause, int64_t, SAHEL_NCAUSES * s->ncountries, 0, "persons", "Wounded by cause") \
    X(today, deaths_type, int64_t, SAHEL_NVIOLENCE * s->ncountries, 0, "persons", "Deaths by kind of violence") \
    X(today, events_type, int64_t, SAHEL_NVIOLENCE * s->ncountries, 0, "1", "Events by kind of violence") \
    X(today, deaths_actor, int64_t, (s->nfactions + s->nforces + 1) * s->ncountries, 0, "persons", "Deaths by who struck") \
    X(today, events_actor, int64_t, (s->nfactions + s->nforces + 1) * s->ncountries, 0, "1", "Events by who struck") \
    X(today, turns, int64_t, SAHEL_NTURNS * SAHEL_NTURN_CAUSES, 0, "1", "Turns in allegiance by kind and cause") \
    X(today, deaths_side, int64_t, 3 * s->ncountries, 0, "persons", "Deaths of fighters, soldiers, civilians") \
    X(today, recruits, int64_t, SAHEL_NREASONS * s->ncountries, 0, "persons", "Recruits by reason") \
    X(today, recruits_faction, int64_t, s->nfactions, 0, "persons", "Recruits by faction") \
    X(today, recruits_group, int64_t, s->nfactions * s->ngroups, 0, "persons", "Recruits by faction and group") \
    X(today, recruits_cell, int32_t, n, 0, "persons", "Recruits") \
    X(today, lost_faction, int64_t, s->nfactions, 0, "persons", "Fighters killed") \
    X(today, left_faction, int64_t, SAHEL_NEXITS * s->nfactions, 0, "persons", "Fighters who left") \
    X(today, came_faction, int64_t, SAHEL_NEXITS * s->nfactions, 0, "persons", "Fighters who came over") \
    X(today, moved, int64_t, SAHEL_NMOVES * s->ncountries, 0, "persons", "Flights and returns, by country of origin") \
    X(today, pacts, int64_t, SAHEL_NPACTS * s->ncountries, 0, "1", "Pacts begun and ended, by cause") \
    X(today, money, int64_t, SAHEL_NSTREAMS * s->nfactions, 0, "0.01 USD", "Money moved")
/* clang-format on */

#endif
