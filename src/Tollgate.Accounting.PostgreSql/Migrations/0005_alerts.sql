-- The highest threshold that was told of a counter. It is decided in the transaction that adds to the counter, under the lock
-- of this row: a rolling window has many rows of counts, and only what is read under one lock sees all of them.
CREATE TABLE limit_levels (
    limit_id     text COLLATE "C" NOT NULL,
    target       text COLLATE "C" NOT NULL,
    window_start bigint NOT NULL,                -- as in limit_counts; 0 for windows that do not end
    amount       numeric(38) NOT NULL,           -- the limit's amount: thresholds are parts of it, so a changed amount starts from scratch
    level        integer NOT NULL,               -- percent; 0 where nothing was told
    told_at      bigint NOT NULL,                -- microseconds since 1970
    PRIMARY KEY (limit_id, target, window_start, amount)
) WITH (fillfactor = 50);

CREATE TABLE alerts (
    id         uuid PRIMARY KEY,                 -- UUIDv7
    key        text COLLATE "C" NOT NULL UNIQUE, -- what makes it the same event, whoever notices it
    kind       text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    text       text COLLATE "C" NOT NULL,
    crossing   text COLLATE "C",                 -- JSON: of a limit, which one and how far it is spent
    created_at timestamptz NOT NULL,
    routed     boolean NOT NULL DEFAULT false    -- whether its deliveries were created
);

CREATE INDEX alerts_new ON alerts (id) WHERE NOT routed;

-- The outbox: a message to one recipient. Its id is the message's own, the same in every attempt.
CREATE TABLE alert_deliveries (
    id         uuid PRIMARY KEY,                 -- UUIDv7
    alert_id   uuid NOT NULL,
    channel    text COLLATE "C" NOT NULL,
    recipient  text COLLATE "C" NOT NULL,        -- an address; '' where the channel has but one
    state      text COLLATE "C" NOT NULL,        -- due, sent, abandoned (formerly given_up)
    attempts   integer NOT NULL,
    next_at    timestamptz NOT NULL,
    leased_by  uuid,                             -- the process that sends it now, and until when no other process may
    lease_end  timestamptz NOT NULL,
    last_error text COLLATE "C",
    ended_at   timestamptz,
    UNIQUE (alert_id, channel, recipient)
);

-- Most rows are sent messages, which are only listed for people.
CREATE INDEX alert_deliveries_unsent ON alert_deliveries (state, next_at) WHERE state <> 'sent';

-- What reconcilers have added to a count, of the used: two that saw the same drift must not both add it.
ALTER TABLE limit_counts ADD COLUMN raised numeric(38) NOT NULL DEFAULT 0;
