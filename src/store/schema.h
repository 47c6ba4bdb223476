/* schema: the text of db/user.sql, embedded in the program when it is built. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

extern const char user_schema[];

#endif
