-- Counters of limits, shared by all gateways. Amounts are whole numbers of the limit's unit, of money pico-dollars. Windows are
-- microseconds since 1970: the start of the window, or of the part of a rolling one; 0 where there is none.
CREATE TABLE limit_counts (
    limit_id     text COLLATE "C" NOT NULL,
    target       text COLLATE "C" NOT NULL,     -- whose count, where each has an own one; else ''
    window_start bigint NOT NULL,
    used         numeric(38) NOT NULL DEFAULT 0, -- booked
    forgiven     numeric(38) NOT NULL DEFAULT 0, -- of it, what a reset has forgiven
    debt         numeric(38),                    -- of a bucket: what was taken and has not flowed back, times the period in microseconds
    debt_at      bigint,                         -- when that was so
    PRIMARY KEY (limit_id, target, window_start)
) WITH (fillfactor = 50);

-- The amount of a counter that each holder may spend without asking. It decreases in the transaction that records the spending.
CREATE TABLE limit_grants (
    limit_id     text COLLATE "C" NOT NULL,
    target       text COLLATE "C" NOT NULL,
    window_start bigint NOT NULL,
    holder       uuid NOT NULL,
    held         numeric(38) NOT NULL,          -- negative where more was spent than was held
    given        numeric(38) NOT NULL,          -- the total leased, less the returned amounts
    PRIMARY KEY (limit_id, target, window_start, holder)
) WITH (fillfactor = 50);

CREATE INDEX limit_grants_holder ON limit_grants (holder);

CREATE TABLE limit_holders (
    holder    uuid PRIMARY KEY,
    name      text COLLATE "C" NOT NULL,
    lease_end timestamptz NOT NULL
) WITH (fillfactor = 50);
