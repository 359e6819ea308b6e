-- Times are microseconds since 1970-01-01 UTC; durations are microseconds; money is integer pico-dollars (1e-12 USD).
-- The columns from input_text to character are the disjoint kinds of consumption, one column each.

-- Append-only. seq is the order of recording, by which the newest are read and followers catch up; it never leaves the store.
CREATE TABLE usage (
    seq              INTEGER PRIMARY KEY,
    call_id          BLOB    NOT NULL CHECK (length(call_id) = 16), -- UUIDv7, big-endian
    attempt          INTEGER NOT NULL,
    started_at       INTEGER NOT NULL,
    duration         INTEGER NOT NULL,
    first_token      INTEGER,          -- duration to the first byte of the response body
    provider         TEXT    NOT NULL,
    model            TEXT    NOT NULL,
    model_group      TEXT,
    response_model   TEXT,
    deployment       TEXT,
    operation        TEXT    NOT NULL,
    streamed         INTEGER NOT NULL,
    service_tier     INTEGER NOT NULL, -- 0 standard, 1 batch, 2 flex, 3 priority, 4 fast, 5 regional
    key_id           TEXT,
    user             TEXT,
    project          TEXT,
    session          TEXT,
    application      TEXT,
    end_user         TEXT,
    tags             TEXT,
    input_text       INTEGER NOT NULL,
    input_audio      INTEGER NOT NULL,
    input_image      INTEGER NOT NULL,
    cache_read       INTEGER NOT NULL,
    cache_read_audio INTEGER NOT NULL,
    cache_write_5m   INTEGER NOT NULL,
    cache_write_1h   INTEGER NOT NULL,
    output_text      INTEGER NOT NULL,
    output_reasoning INTEGER NOT NULL,
    output_audio     INTEGER NOT NULL,
    output_image     INTEGER NOT NULL,
    tool_use         INTEGER NOT NULL,
    request          INTEGER NOT NULL,
    second           INTEGER NOT NULL,
    character        INTEGER NOT NULL,
    usage_source     INTEGER NOT NULL, -- 0 reported, 1 estimated, 2 missing
    cost             INTEGER,          -- pico-dollars; NULL is unpriced, which is not 0
    cost_source      TEXT,
    outcome          INTEGER NOT NULL, -- 0 completed, 1 provider error, 2 connect failed, 3 timed out, 4 upstream cut,
                                       -- 5 client disconnected, 6 gateway crashed, 7 recorded manually
    status_code      INTEGER NOT NULL,
    error_type       TEXT,
    response_id      TEXT,
    corrects_call    BLOB,
    corrects_attempt INTEGER
);
CREATE UNIQUE INDEX usage_identity ON usage (call_id, attempt);
CREATE INDEX usage_started ON usage (started_at);

-- Sums of usage by slots of 15 minutes (half-hour and quarter-hour time zones exist), kept in the transaction that
-- books. '' means none, because a primary key cannot hold NULL. The cost is cost_micro + cost_pico / 1e6
-- micro-dollars: pico-dollars alone would overflow 64 bits at 9.2 million dollars.
CREATE TABLE usage_rollup (
    slot             INTEGER NOT NULL, -- start of the slot
    key_id           TEXT    NOT NULL,
    model            TEXT    NOT NULL,
    provider         TEXT    NOT NULL,
    user             TEXT    NOT NULL,
    project          TEXT    NOT NULL,
    calls            INTEGER NOT NULL,
    errors           INTEGER NOT NULL,
    estimated        INTEGER NOT NULL,
    unpriced         INTEGER NOT NULL,
    cost_micro       INTEGER NOT NULL,
    cost_pico        INTEGER NOT NULL,
    duration         INTEGER NOT NULL,
    input_text       INTEGER NOT NULL,
    input_audio      INTEGER NOT NULL,
    input_image      INTEGER NOT NULL,
    cache_read       INTEGER NOT NULL,
    cache_read_audio INTEGER NOT NULL,
    cache_write_5m   INTEGER NOT NULL,
    cache_write_1h   INTEGER NOT NULL,
    output_text      INTEGER NOT NULL,
    output_reasoning INTEGER NOT NULL,
    output_audio     INTEGER NOT NULL,
    output_image     INTEGER NOT NULL,
    tool_use         INTEGER NOT NULL,
    request          INTEGER NOT NULL,
    second           INTEGER NOT NULL,
    character        INTEGER NOT NULL,
    PRIMARY KEY (slot, key_id, model, provider, user, project)
) WITHOUT ROWID;

-- Written when the ledger probes whether it can write again.
CREATE TABLE ledger_state (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
