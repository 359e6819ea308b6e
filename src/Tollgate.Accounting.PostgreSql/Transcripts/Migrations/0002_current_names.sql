-- Tables and columns get the names that the code and the documentation use.
ALTER TABLE audit_entries RENAME TO transcript_entries;
ALTER TABLE transcript_entries RENAME COLUMN answer_text TO response_text;
ALTER INDEX IF EXISTS audit_entries_pkey RENAME TO transcript_entries_pkey;
ALTER INDEX IF EXISTS audit_entries_by_time RENAME TO transcript_entries_by_time;
ALTER INDEX IF EXISTS audit_entries_by_call RENAME TO transcript_entries_by_call;

ALTER TABLE audit_refusals RENAME TO transcript_denials;
ALTER INDEX IF EXISTS audit_refusals_pkey RENAME TO transcript_denials_pkey;
ALTER INDEX IF EXISTS audit_refusals_by_time RENAME TO transcript_denials_by_time;
