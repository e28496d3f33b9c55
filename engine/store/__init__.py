"""The tables, the database that holds them and its migrations; no behaviour of cases."""
