-- The sums of usage_rollup for each value of one dimension, and over all, in blocks of several lengths, up to folded_until. Each
-- length is a multiple of the one before, so any period is the sum and the difference of a few blocks, in any time zone: a
-- month by model is read from about 10 blocks instead of 3,000 slots. Keys and users have none shorter than a day, because
-- these would be nearly as many as the records.
CREATE TABLE usage_blocks (
    dimension        smallint NOT NULL,    -- 0 all, 1 model, 2 provider, 3 key, 4 user, 5 project
    hours            smallint NOT NULL,    -- the length: 1, 6, 24 (a day, UTC), 96, 384 or 1536
    slot             timestamptz NOT NULL, -- its start, a multiple of the length since 1970
    name             text COLLATE "C" NOT NULL, -- '' for none, and for all
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
    PRIMARY KEY (dimension, hours, slot, name)
) WITH (fillfactor = 70);

-- Records of a key are found by it, whatever else is asked for.
CREATE INDEX usage_days_key ON usage_days (key_id, day);

-- A quarter of an hour is added to the blocks when it is over, instead of with every batch. Batches share an advisory lock, and
-- whoever moves this time takes it alone.
CREATE TABLE usage_fold (folded_until timestamptz NOT NULL);
LOCK TABLE usage_rollup IN SHARE MODE; -- No process records between these sums and the commit.
INSERT INTO usage_fold SELECT date_bin('15 minutes', now(), '0001-01-01 00:00:00+00');

INSERT INTO usage_blocks
SELECT 0, 1, date_bin('1 hour', slot, '0001-12-26 00:00:00+00 BC'), '',
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_slots WHERE slot < (SELECT folded_until FROM usage_fold) GROUP BY 3;

INSERT INTO usage_blocks
SELECT 1, 1, date_bin('1 hour', slot, '0001-12-26 00:00:00+00 BC'), model,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_rollup WHERE slot < (SELECT folded_until FROM usage_fold) GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT 2, 1, date_bin('1 hour', slot, '0001-12-26 00:00:00+00 BC'), provider,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_rollup WHERE slot < (SELECT folded_until FROM usage_fold) GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT 5, 1, date_bin('1 hour', slot, '0001-12-26 00:00:00+00 BC'), project,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_rollup WHERE slot < (SELECT folded_until FROM usage_fold) GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT 3, 24, day, key_id,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM (
    SELECT day, key_id,
           calls, errors, estimated, unpriced, cost, duration, input_text, input_audio, input_image, cache_read,
           cache_read_audio, cache_write_5m, cache_write_1h, output_text, output_reasoning, output_audio,
           output_image, tool_use, request, second, character
    FROM usage_days WHERE day < (SELECT date_bin('1 day', folded_until, '0001-01-01 00:00:00+00') FROM usage_fold)
    UNION ALL
    SELECT date_bin('1 day', slot, '0001-01-01 00:00:00+00'), key_id,
           calls, errors, estimated, unpriced, cost, duration, input_text, input_audio, input_image, cache_read,
           cache_read_audio, cache_write_5m, cache_write_1h, output_text, output_reasoning, output_audio,
           output_image, tool_use, request, second, character
    FROM usage_rollup, usage_fold
    WHERE slot >= date_bin('1 day', folded_until, '0001-01-01 00:00:00+00') AND slot < folded_until
) AS folded GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT 4, 24, day, user_name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM (
    SELECT day, user_name,
           calls, errors, estimated, unpriced, cost, duration, input_text, input_audio, input_image, cache_read,
           cache_read_audio, cache_write_5m, cache_write_1h, output_text, output_reasoning, output_audio,
           output_image, tool_use, request, second, character
    FROM usage_days WHERE day < (SELECT date_bin('1 day', folded_until, '0001-01-01 00:00:00+00') FROM usage_fold)
    UNION ALL
    SELECT date_bin('1 day', slot, '0001-01-01 00:00:00+00'), user_name,
           calls, errors, estimated, unpriced, cost, duration, input_text, input_audio, input_image, cache_read,
           cache_read_audio, cache_write_5m, cache_write_1h, output_text, output_reasoning, output_audio,
           output_image, tool_use, request, second, character
    FROM usage_rollup, usage_fold
    WHERE slot >= date_bin('1 day', folded_until, '0001-01-01 00:00:00+00') AND slot < folded_until
) AS folded GROUP BY 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 6, date_bin('6 hours', slot, '0001-12-26 00:00:00+00 BC'), name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 1 GROUP BY 1, 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 24, date_bin('24 hours', slot, '0001-12-26 00:00:00+00 BC'), name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 6 GROUP BY 1, 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 96, date_bin('96 hours', slot, '0001-12-26 00:00:00+00 BC'), name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 24 GROUP BY 1, 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 384, date_bin('384 hours', slot, '0001-12-26 00:00:00+00 BC'), name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 96 GROUP BY 1, 3, 4;

INSERT INTO usage_blocks
SELECT dimension, 1536, date_bin('1536 hours', slot, '0001-12-26 00:00:00+00 BC'), name,
       sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost), sum(duration), sum(input_text),
       sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
       sum(tool_use), sum(request), sum(second), sum(character)
FROM usage_blocks WHERE hours = 384 GROUP BY 1, 3, 4;

ANALYZE usage_blocks;
