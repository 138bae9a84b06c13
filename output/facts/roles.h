/* Who is who: names of actors, as UCDP, ACLED and our scenarios spell them. */
#ifndef SAH_OUTPUT_FACTS_ROLES_H
#define SAH_OUTPUT_FACTS_ROLES_H

enum sah_role {
    SAH_NOBODY,   /* not told, or not known */
    SAH_UMBRELLA, /* JNIM, and the groups that made or joined it */
    SAH_MACINA,   /* one of these */
    SAH_RIVAL,    /* the Islamic State's faction */
    SAH_MILITANT, /* other groups of this kind */
    SAH_STATE,
    SAH_MISSION, /* the United Nations' */
    SAH_FOREIGN,
    SAH_CIVILIANS,
    SAH_OTHER,
};
enum sah_role sah_role_of(const char *name);
/* One of the four kinds of militants. */
int sah_role_militant(enum sah_role role);

#endif
