"""The two kinds of database: a file of SQLite, a server of PostgreSQL. Only storage.database uses them."""
