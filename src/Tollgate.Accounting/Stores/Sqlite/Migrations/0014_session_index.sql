-- Sums by session or application are read from the records. Those of one are found by these indexes, which hold only the
-- records that name one, so that the others cost nothing more to book.
CREATE INDEX usage_session ON usage (session, started_at) WHERE session IS NOT NULL;
CREATE INDEX usage_application ON usage (application, started_at) WHERE application IS NOT NULL;
