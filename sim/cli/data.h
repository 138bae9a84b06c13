/* Where the scenarios and the geography that come with the program lie.
 *
 * Installed, they lie in share/sahel beside the program, wherever both were moved to; in
 * a build tree the same place is a link to the sources. SAHEL_DATA names another folder.
 * What these functions hand out lives as long as the program. */
#ifndef SAH_CLI_DATA_H
#define SAH_CLI_DATA_H

/* The folder that holds `scenarios/`. */
const char *sah_data_folder(void);
/* A file or folder in it, such as "scenarios/geography"; need not exist. */
const char *sah_data_path(const char *name);
/* A path as given where something is there, else in the data folder where something is
 * there, else as given. */
const char *sah_data_find(const char *path);

#endif
