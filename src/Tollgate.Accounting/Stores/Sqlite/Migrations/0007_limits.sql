-- Counters of limits. Amounts are millions * 1e6 + ones, in the limit's unit: of pico-dollars 64 bits hold 9.2 million USD only.
CREATE TABLE limit_counts (
    limit_id          TEXT    NOT NULL,
    target            TEXT    NOT NULL,            -- whose count, where each has an own one; else ''
    window            INTEGER NOT NULL,            -- start of the window, or of the part of a rolling one; 0 where there is none
    used_millions     INTEGER NOT NULL DEFAULT 0,  -- booked
    used_ones         INTEGER NOT NULL DEFAULT 0,
    forgiven_millions INTEGER NOT NULL DEFAULT 0,  -- of it, what a reset has forgiven
    forgiven_ones     INTEGER NOT NULL DEFAULT 0,
    debt              TEXT,                        -- of a bucket: what was taken and has not flowed back, times the period in microseconds
    debt_at           INTEGER,                     -- when that was so
    PRIMARY KEY (limit_id, target, window)
) WITHOUT ROWID;

-- The amount of a counter that each holder may spend without asking. It decreases in the transaction that records the spending.
CREATE TABLE limit_grants (
    limit_id      TEXT    NOT NULL,
    target        TEXT    NOT NULL,
    window        INTEGER NOT NULL,
    holder        BLOB    NOT NULL,
    held_millions INTEGER NOT NULL,
    held_ones     INTEGER NOT NULL,
    PRIMARY KEY (limit_id, target, window, holder)
) WITHOUT ROWID;

CREATE TABLE limit_holders (
    holder    BLOB    PRIMARY KEY,
    name      TEXT    NOT NULL,
    lease_end INTEGER NOT NULL
) WITHOUT ROWID;

-- What a record in the spool is to be charged to in the store behind; JSON.
ALTER TABLE usage ADD COLUMN charges TEXT;
