-- In a spool: when the server behind refused the record, and why. Such a row is not sent again until somebody puts it back.
ALTER TABLE usage ADD COLUMN refused_at INTEGER;
ALTER TABLE usage ADD COLUMN refusal TEXT;
CREATE INDEX usage_refused ON usage (refused_at) WHERE refused_at IS NOT NULL;
