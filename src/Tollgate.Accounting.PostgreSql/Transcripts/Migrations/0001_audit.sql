-- Tables of their own names, and versions of their own, so that an audit log may share a database with a ledger.
CREATE TABLE audit_entries (
    id            uuid PRIMARY KEY,
    at            timestamptz NOT NULL,
    type          smallint NOT NULL, -- 0 prompt, 1 response, 2 event
    call_id       uuid,
    attempt       integer,
    provider      text,
    model         text,
    key_id        text,
    user_name     text,
    project       text,
    session       text,
    application   text,
    completion_id text,
    message       text,
    truncated     boolean NOT NULL,
    prompt_text   text,
    answer_text   text
);
CREATE INDEX audit_entries_by_time ON audit_entries (at);
CREATE INDEX audit_entries_by_call ON audit_entries (call_id) WHERE call_id IS NOT NULL;

CREATE TABLE audit_refusals (
    id          uuid PRIMARY KEY,
    at          timestamptz NOT NULL,
    request_id  text,
    key_id      text,
    user_name   text,
    project     text,
    application text,
    model       text,
    status      integer NOT NULL,
    code        text NOT NULL,
    limit_name  text,
    message     text,
    times       bigint NOT NULL
);
CREATE INDEX audit_refusals_by_time ON audit_refusals (at);
