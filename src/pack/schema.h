/* schema: the text of db/schema.sql, embedded in the program when it is built. */
#ifndef PACK_SCHEMA_H
#define PACK_SCHEMA_H

extern const char db_schema[];

#endif
