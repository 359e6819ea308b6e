-- The sums of usage_rollup by day (UTC), kept in the same transaction: a month by model reads thirty days instead of three
-- thousand quarters of an hour.
CREATE TABLE usage_days (
    day              timestamptz NOT NULL, -- its start
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
    PRIMARY KEY (day, names_hash)
) WITH (fillfactor = 50);

LOCK TABLE usage_rollup IN SHARE MODE; -- No process records between this sum and the commit.
INSERT INTO usage_days
SELECT date_bin('1 day', slot, '0001-01-01 00:00:00+00'), names_hash, key_id, model, provider, user_name, project,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text), sum(input_audio),
       sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m), sum(cache_write_1h), sum(output_text),
       sum(output_reasoning), sum(output_audio), sum(output_image), sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_rollup GROUP BY 1, 2, 3, 4, 5, 6, 7;
