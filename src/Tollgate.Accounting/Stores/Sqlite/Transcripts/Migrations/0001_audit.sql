-- Times are microseconds since 1970-01-01 UTC. The application id distinguishes a transcript log from a ledger, which has its own versions.
PRAGMA application_id = 0x54474155;

CREATE TABLE audit_entries (
    id            BLOB    NOT NULL PRIMARY KEY, -- UUIDv7, big-endian
    at            INTEGER NOT NULL,
    type          INTEGER NOT NULL,             -- 0 prompt, 1 response, 2 event
    call_id       BLOB,
    attempt       INTEGER,
    provider      TEXT,
    model         TEXT,
    key_id        TEXT,
    user_name     TEXT,
    project       TEXT,
    session       TEXT,
    application   TEXT,
    completion_id TEXT,
    message       TEXT,
    truncated     INTEGER NOT NULL,
    prompt_text   TEXT,
    answer_text   TEXT
);
CREATE INDEX audit_entries_by_time ON audit_entries (at);
CREATE INDEX audit_entries_by_call ON audit_entries (call_id) WHERE call_id IS NOT NULL;

CREATE TABLE audit_refusals (
    id          BLOB    NOT NULL PRIMARY KEY,
    at          INTEGER NOT NULL,
    request_id  TEXT,
    key_id      TEXT,
    user_name   TEXT,
    project     TEXT,
    application TEXT,
    model       TEXT,
    status      INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    limit_name  TEXT,
    message     TEXT,
    times       INTEGER NOT NULL
);
CREATE INDEX audit_refusals_by_time ON audit_refusals (at);
