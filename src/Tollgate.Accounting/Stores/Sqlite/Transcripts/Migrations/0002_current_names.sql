-- Tables and columns get the names that the code and the documentation use. SQLite cannot rename an index.
ALTER TABLE audit_entries RENAME TO transcript_entries;
ALTER TABLE transcript_entries RENAME COLUMN answer_text TO response_text;
ALTER TABLE audit_refusals RENAME TO transcript_denials;

DROP INDEX audit_entries_by_time;
DROP INDEX audit_entries_by_call;
DROP INDEX audit_refusals_by_time;
CREATE INDEX transcript_entries_by_time ON transcript_entries (at);
CREATE INDEX transcript_entries_by_call ON transcript_entries (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX transcript_denials_by_time ON transcript_denials (at);
