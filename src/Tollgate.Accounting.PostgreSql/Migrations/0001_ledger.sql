-- Durations are microseconds; money is US dollars with 12 decimals, exact. Texts compare by their bytes (COLLATE "C"): names
-- that differ in anything are different, and no upgrade of a locale library can reorder an index. The columns from
-- input_text to character are the disjoint kinds of consumption, one column each. user is a reserved word, hence user_name.

-- Append-only. Partitioned by the identity itself, because a unique key must hold the partition key: a UUIDv7 begins with
-- its time, so a month is a range of identities. Months are created by the first record in them (usage_2026_07, ...).
CREATE TABLE usage (
    call_id          uuid NOT NULL,
    attempt          integer NOT NULL,
    started_at       timestamptz NOT NULL,
    duration         bigint NOT NULL,
    first_token      bigint,           -- duration to the first byte of the response body
    provider         text COLLATE "C" NOT NULL,
    model            text COLLATE "C" NOT NULL,
    model_group      text COLLATE "C",
    response_model   text COLLATE "C",
    deployment       text COLLATE "C",
    operation        text COLLATE "C" NOT NULL,
    streamed         boolean NOT NULL,
    service_tier     smallint NOT NULL, -- 0 standard, 1 batch, 2 flex, 3 priority, 4 fast, 5 regional
    key_id           text COLLATE "C",
    user_name        text COLLATE "C",
    project          text COLLATE "C",
    session          text COLLATE "C",
    application      text COLLATE "C",
    end_user         text COLLATE "C",
    tags             text COLLATE "C",
    input_text       bigint NOT NULL,
    input_audio      bigint NOT NULL,
    input_image      bigint NOT NULL,
    cache_read       bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m   bigint NOT NULL,
    cache_write_1h   bigint NOT NULL,
    output_text      bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio     bigint NOT NULL,
    output_image     bigint NOT NULL,
    tool_use         bigint NOT NULL,
    request          bigint NOT NULL,
    second           bigint NOT NULL,
    character        bigint NOT NULL,
    usage_source     smallint NOT NULL, -- 0 reported, 1 estimated, 2 missing
    local_input      bigint,           -- what the caller counted by itself; never priced
    local_output     bigint,
    local_total      bigint,
    cost             numeric(38, 12),  -- NULL is unpriced, which is not 0
    cost_source      text COLLATE "C",
    outcome          smallint NOT NULL, -- 0 completed, 1 provider error, 2 connect failed, 3 timed out, 4 upstream cut,
                                       -- 5 client disconnected, 6 gateway crashed, 7 recorded manually
    status_code      integer NOT NULL,
    error_type       text COLLATE "C",
    response_id      text COLLATE "C",
    corrects_call    uuid,
    corrects_attempt integer,
    PRIMARY KEY (call_id, attempt)
) PARTITION BY RANGE (call_id);

-- Listings in their order, the ends of a period that is not whole slots, and purging by age.
CREATE INDEX usage_started ON usage (started_at, call_id, attempt);

-- Identities that are not UUIDv7, or whose time no clock shows, and whatever has no month yet.
CREATE TABLE usage_default PARTITION OF usage DEFAULT;

-- Sums of usage by slots of 15 minutes (half-hour and quarter-hour time zones exist), kept in the transaction that books.
-- '' means none. Five names of 256 characters do not fit into an index entry, so their SHA-256 stands for them in
-- the key; callers choose names, so it has to be a collision-resistant hash. The free space keeps an
-- update on its page, without a new index entry.
CREATE TABLE usage_rollup (
    slot             timestamptz NOT NULL, -- start of the slot
    names_hash       bytea NOT NULL,
    key_id           text COLLATE "C" NOT NULL,
    model            text COLLATE "C" NOT NULL,
    provider         text COLLATE "C" NOT NULL,
    user_name        text COLLATE "C" NOT NULL,
    project          text COLLATE "C" NOT NULL,
    calls            bigint NOT NULL,
    errors           bigint NOT NULL,
    estimated        bigint NOT NULL,
    unpriced         bigint NOT NULL,
    cost             numeric(38, 12) NOT NULL,
    duration         bigint NOT NULL,
    input_text       bigint NOT NULL,
    input_audio      bigint NOT NULL,
    input_image      bigint NOT NULL,
    cache_read       bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m   bigint NOT NULL,
    cache_write_1h   bigint NOT NULL,
    output_text      bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio     bigint NOT NULL,
    output_image     bigint NOT NULL,
    tool_use         bigint NOT NULL,
    request          bigint NOT NULL,
    second           bigint NOT NULL,
    character        bigint NOT NULL,
    PRIMARY KEY (slot, names_hash)
) WITH (fillfactor = 70);

-- The same sums by slot alone: a year is 35,040 rows, however many keys and users there are.
CREATE TABLE usage_slots (
    slot             timestamptz PRIMARY KEY,
    calls            bigint NOT NULL,
    errors           bigint NOT NULL,
    estimated        bigint NOT NULL,
    unpriced         bigint NOT NULL,
    cost             numeric(38, 12) NOT NULL,
    duration         bigint NOT NULL,
    input_text       bigint NOT NULL,
    input_audio      bigint NOT NULL,
    input_image      bigint NOT NULL,
    cache_read       bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m   bigint NOT NULL,
    cache_write_1h   bigint NOT NULL,
    output_text      bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio     bigint NOT NULL,
    output_image     bigint NOT NULL,
    tool_use         bigint NOT NULL,
    request          bigint NOT NULL,
    second           bigint NOT NULL,
    character        bigint NOT NULL
) WITH (fillfactor = 50);

-- The flat view for hand-written SQL. NULL cost is unpriced.
CREATE VIEW accounting_entries AS
SELECT started_at AS datetime,
       model,
       input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + cache_write_1h AS prompt_tokens,
       output_text + output_reasoning + output_audio + output_image AS completion_tokens,
       input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + cache_write_1h
           + output_text + output_reasoning + output_audio + output_image AS total_tokens,
       local_input AS local_prompt_tokens,
       local_output AS local_completion_tokens,
       local_total AS local_total_tokens,
       cost,
       (duration / 1e6)::double precision AS execution_time,
       application AS caller_name,
       user_name AS username,
       project,
       session,
       cache_read + cache_read_audio AS cached_tokens,
       output_reasoning AS reasoning_tokens
FROM usage;
