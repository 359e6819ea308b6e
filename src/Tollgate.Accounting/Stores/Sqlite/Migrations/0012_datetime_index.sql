-- The column datetime of the view accounting_entries is a text that SQLite makes of started_at, so an index on started_at does not
-- help queries that sort or search by it: "ORDER BY datetime DESC LIMIT 10" read and sorted all records. The expression is the view's.
CREATE INDEX usage_datetime ON usage (strftime('%Y-%m-%d %H:%M:%f', started_at / 1000000.0, 'unixepoch'));
