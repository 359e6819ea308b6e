-- One index on the time instead of two: usage_datetime, on the text that the view accounting_entries shows, serves the ledger's own
-- questions too. The second one cost every record a write of its own.
DROP INDEX usage_started;

-- The indexes of one session and one application follow in the same order.
DROP INDEX usage_session;
DROP INDEX usage_application;
CREATE INDEX usage_session ON usage (session, strftime('%Y-%m-%d %H:%M:%f', started_at / 1000000.0, 'unixepoch')) WHERE session IS NOT NULL;
CREATE INDEX usage_application ON usage (application, strftime('%Y-%m-%d %H:%M:%f', started_at / 1000000.0, 'unixepoch'))
    WHERE application IS NOT NULL;
