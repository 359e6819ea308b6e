-- Who changed what. Rows are only added. The id is a UUIDv7 in hexadecimal, so that its order is that of time.
CREATE TABLE audit_trail (
    id         TEXT NOT NULL PRIMARY KEY,
    at         INTEGER NOT NULL, -- microseconds since 1970
    actor_kind TEXT NOT NULL,    -- operator, account, token, system
    actor      TEXT NOT NULL,
    action     TEXT NOT NULL,    -- a noun, a period and a verb, such as key.create
    target     TEXT NOT NULL,
    state_before TEXT,            -- JSON
    state_after TEXT             -- JSON
) WITHOUT ROWID;
CREATE INDEX audit_trail_target ON audit_trail (target, id);
