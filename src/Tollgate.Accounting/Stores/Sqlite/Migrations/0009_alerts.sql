-- The highest threshold that was told of a counter. It is decided in the transaction that adds to the counter.
CREATE TABLE limit_levels (
    limit_id TEXT    NOT NULL,
    target   TEXT    NOT NULL,
    window   INTEGER NOT NULL, -- as in limit_counts; 0 for windows that do not end
    amount   TEXT    NOT NULL, -- the limit's amount: thresholds are parts of it, so a changed amount starts from scratch
    level    INTEGER NOT NULL, -- percent
    told_at  INTEGER NOT NULL,
    PRIMARY KEY (limit_id, target, window, amount)
) WITHOUT ROWID;

CREATE TABLE alerts (
    id         BLOB    PRIMARY KEY, -- UUIDv7
    key        TEXT    NOT NULL UNIQUE, -- what makes it the same event, whoever notices it
    kind       TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    crossing   TEXT, -- JSON: of a limit, which one and how far it is spent
    created_at INTEGER NOT NULL,
    routed     INTEGER NOT NULL DEFAULT 0 -- whether its deliveries were created
) WITHOUT ROWID;

CREATE INDEX alerts_new ON alerts (id) WHERE routed = 0;

-- The outbox: a message to one recipient. Its id is the message's own, the same in every attempt.
CREATE TABLE alert_deliveries (
    id         BLOB    PRIMARY KEY, -- UUIDv7
    alert_id   BLOB    NOT NULL,
    channel    TEXT    NOT NULL,
    recipient  TEXT    NOT NULL, -- an address; '' where the channel has but one
    state      TEXT    NOT NULL, -- due, sent, abandoned (formerly given_up)
    attempts   INTEGER NOT NULL,
    next_at    INTEGER NOT NULL,
    leased_by  BLOB, -- the process that sends it now, and until when no other process may
    lease_end  INTEGER NOT NULL,
    last_error TEXT,
    ended_at   INTEGER,
    UNIQUE (alert_id, channel, recipient)
) WITHOUT ROWID;

-- Most rows are sent messages, which are only listed for people.
CREATE INDEX alert_deliveries_unsent ON alert_deliveries (state, next_at) WHERE state <> 'sent';
