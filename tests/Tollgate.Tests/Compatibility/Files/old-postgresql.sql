
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

CREATE TABLE public.usage (
    call_id uuid NOT NULL,
    attempt integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    duration bigint NOT NULL,
    first_token bigint,
    provider text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    model_group text COLLATE pg_catalog."C",
    response_model text COLLATE pg_catalog."C",
    deployment text COLLATE pg_catalog."C",
    operation text NOT NULL COLLATE pg_catalog."C",
    streamed boolean NOT NULL,
    service_tier smallint NOT NULL,
    key_id text COLLATE pg_catalog."C",
    user_name text COLLATE pg_catalog."C",
    project text COLLATE pg_catalog."C",
    session text COLLATE pg_catalog."C",
    application text COLLATE pg_catalog."C",
    end_user text COLLATE pg_catalog."C",
    tags text COLLATE pg_catalog."C",
    input_text bigint NOT NULL,
    input_audio bigint NOT NULL,
    input_image bigint NOT NULL,
    cache_read bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m bigint NOT NULL,
    cache_write_1h bigint NOT NULL,
    output_text bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio bigint NOT NULL,
    output_image bigint NOT NULL,
    tool_use bigint NOT NULL,
    request bigint NOT NULL,
    second bigint NOT NULL,
    "character" bigint NOT NULL,
    usage_source smallint NOT NULL,
    local_input bigint,
    local_output bigint,
    local_total bigint,
    cost numeric(38,12),
    cost_source text COLLATE pg_catalog."C",
    outcome smallint NOT NULL,
    status_code integer NOT NULL,
    error_type text COLLATE pg_catalog."C",
    response_id text COLLATE pg_catalog."C",
    corrects_call uuid,
    corrects_attempt integer
)
PARTITION BY RANGE (call_id);

CREATE VIEW public.accounting_entries AS
 SELECT usage.started_at AS datetime,
    usage.model,
    ((((((usage.input_text + usage.input_audio) + usage.input_image) + usage.cache_read) + usage.cache_read_audio) + usage.cache_write_5m) + usage.cache_write_1h) AS prompt_tokens,
    (((usage.output_text + usage.output_reasoning) + usage.output_audio) + usage.output_image) AS completion_tokens,
    ((((((((((usage.input_text + usage.input_audio) + usage.input_image) + usage.cache_read) + usage.cache_read_audio) + usage.cache_write_5m) + usage.cache_write_1h) + usage.output_text) + usage.output_reasoning) + usage.output_audio) + usage.output_image) AS total_tokens,
    usage.local_input AS local_prompt_tokens,
    usage.local_output AS local_completion_tokens,
    usage.local_total AS local_total_tokens,
    usage.cost,
    (((usage.duration)::numeric / '1000000'::numeric))::double precision AS execution_time,
    usage.application AS caller_name,
    usage.user_name AS username,
    usage.project,
    usage.session,
    (usage.cache_read + usage.cache_read_audio) AS cached_tokens,
    usage.output_reasoning AS reasoning_tokens
   FROM public.usage;

SET default_table_access_method = heap;

CREATE TABLE public.alert_deliveries (
    id uuid NOT NULL,
    alert_id uuid NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    recipient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    attempts integer NOT NULL,
    next_at timestamp with time zone NOT NULL,
    leased_by uuid,
    lease_end timestamp with time zone NOT NULL,
    last_error text COLLATE pg_catalog."C",
    ended_at timestamp with time zone
);

CREATE TABLE public.alerts (
    id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    crossing text COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    routed boolean DEFAULT false NOT NULL
);

CREATE TABLE public.directory_entries (
    kind text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    revision bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL
);

CREATE TABLE public.directory_version (
    version bigint NOT NULL
);

CREATE TABLE public.limit_counts (
    limit_id text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    window_start bigint NOT NULL,
    used numeric(38,0) DEFAULT 0 NOT NULL,
    forgiven numeric(38,0) DEFAULT 0 NOT NULL,
    debt numeric(38,0),
    debt_at bigint,
    raised numeric(38,0) DEFAULT 0 NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.limit_grants (
    limit_id text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    window_start bigint NOT NULL,
    holder uuid NOT NULL,
    held numeric(38,0) NOT NULL,
    given numeric(38,0) NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.limit_holders (
    holder uuid NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    lease_end timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.limit_levels (
    limit_id text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    window_start bigint NOT NULL,
    amount numeric(38,0) NOT NULL,
    level integer NOT NULL,
    told_at bigint NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.tollgate_schema (
    version integer NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.usage_2025_06 (
    call_id uuid NOT NULL,
    attempt integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    duration bigint NOT NULL,
    first_token bigint,
    provider text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    model_group text COLLATE pg_catalog."C",
    response_model text COLLATE pg_catalog."C",
    deployment text COLLATE pg_catalog."C",
    operation text NOT NULL COLLATE pg_catalog."C",
    streamed boolean NOT NULL,
    service_tier smallint NOT NULL,
    key_id text COLLATE pg_catalog."C",
    user_name text COLLATE pg_catalog."C",
    project text COLLATE pg_catalog."C",
    session text COLLATE pg_catalog."C",
    application text COLLATE pg_catalog."C",
    end_user text COLLATE pg_catalog."C",
    tags text COLLATE pg_catalog."C",
    input_text bigint NOT NULL,
    input_audio bigint NOT NULL,
    input_image bigint NOT NULL,
    cache_read bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m bigint NOT NULL,
    cache_write_1h bigint NOT NULL,
    output_text bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio bigint NOT NULL,
    output_image bigint NOT NULL,
    tool_use bigint NOT NULL,
    request bigint NOT NULL,
    second bigint NOT NULL,
    "character" bigint NOT NULL,
    usage_source smallint NOT NULL,
    local_input bigint,
    local_output bigint,
    local_total bigint,
    cost numeric(38,12),
    cost_source text COLLATE pg_catalog."C",
    outcome smallint NOT NULL,
    status_code integer NOT NULL,
    error_type text COLLATE pg_catalog."C",
    response_id text COLLATE pg_catalog."C",
    corrects_call uuid,
    corrects_attempt integer
);

CREATE TABLE public.usage_days (
    day timestamp with time zone NOT NULL,
    names_hash bytea NOT NULL,
    key_id text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    provider text NOT NULL COLLATE pg_catalog."C",
    user_name text NOT NULL COLLATE pg_catalog."C",
    project text NOT NULL COLLATE pg_catalog."C",
    calls bigint NOT NULL,
    errors bigint NOT NULL,
    estimated bigint NOT NULL,
    unpriced bigint NOT NULL,
    cost numeric(38,12) NOT NULL,
    duration bigint NOT NULL,
    input_text bigint NOT NULL,
    input_audio bigint NOT NULL,
    input_image bigint NOT NULL,
    cache_read bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m bigint NOT NULL,
    cache_write_1h bigint NOT NULL,
    output_text bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio bigint NOT NULL,
    output_image bigint NOT NULL,
    tool_use bigint NOT NULL,
    request bigint NOT NULL,
    second bigint NOT NULL,
    "character" bigint NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.usage_default (
    call_id uuid NOT NULL,
    attempt integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    duration bigint NOT NULL,
    first_token bigint,
    provider text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    model_group text COLLATE pg_catalog."C",
    response_model text COLLATE pg_catalog."C",
    deployment text COLLATE pg_catalog."C",
    operation text NOT NULL COLLATE pg_catalog."C",
    streamed boolean NOT NULL,
    service_tier smallint NOT NULL,
    key_id text COLLATE pg_catalog."C",
    user_name text COLLATE pg_catalog."C",
    project text COLLATE pg_catalog."C",
    session text COLLATE pg_catalog."C",
    application text COLLATE pg_catalog."C",
    end_user text COLLATE pg_catalog."C",
    tags text COLLATE pg_catalog."C",
    input_text bigint NOT NULL,
    input_audio bigint NOT NULL,
    input_image bigint NOT NULL,
    cache_read bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m bigint NOT NULL,
    cache_write_1h bigint NOT NULL,
    output_text bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio bigint NOT NULL,
    output_image bigint NOT NULL,
    tool_use bigint NOT NULL,
    request bigint NOT NULL,
    second bigint NOT NULL,
    "character" bigint NOT NULL,
    usage_source smallint NOT NULL,
    local_input bigint,
    local_output bigint,
    local_total bigint,
    cost numeric(38,12),
    cost_source text COLLATE pg_catalog."C",
    outcome smallint NOT NULL,
    status_code integer NOT NULL,
    error_type text COLLATE pg_catalog."C",
    response_id text COLLATE pg_catalog."C",
    corrects_call uuid,
    corrects_attempt integer
);

CREATE TABLE public.usage_rollup (
    slot timestamp with time zone NOT NULL,
    names_hash bytea NOT NULL,
    key_id text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    provider text NOT NULL COLLATE pg_catalog."C",
    user_name text NOT NULL COLLATE pg_catalog."C",
    project text NOT NULL COLLATE pg_catalog."C",
    calls bigint NOT NULL,
    errors bigint NOT NULL,
    estimated bigint NOT NULL,
    unpriced bigint NOT NULL,
    cost numeric(38,12) NOT NULL,
    duration bigint NOT NULL,
    input_text bigint NOT NULL,
    input_audio bigint NOT NULL,
    input_image bigint NOT NULL,
    cache_read bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m bigint NOT NULL,
    cache_write_1h bigint NOT NULL,
    output_text bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio bigint NOT NULL,
    output_image bigint NOT NULL,
    tool_use bigint NOT NULL,
    request bigint NOT NULL,
    second bigint NOT NULL,
    "character" bigint NOT NULL
)
WITH (fillfactor='70');

CREATE TABLE public.usage_slots (
    slot timestamp with time zone NOT NULL,
    calls bigint NOT NULL,
    errors bigint NOT NULL,
    estimated bigint NOT NULL,
    unpriced bigint NOT NULL,
    cost numeric(38,12) NOT NULL,
    duration bigint NOT NULL,
    input_text bigint NOT NULL,
    input_audio bigint NOT NULL,
    input_image bigint NOT NULL,
    cache_read bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m bigint NOT NULL,
    cache_write_1h bigint NOT NULL,
    output_text bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio bigint NOT NULL,
    output_image bigint NOT NULL,
    tool_use bigint NOT NULL,
    request bigint NOT NULL,
    second bigint NOT NULL,
    "character" bigint NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.usage ATTACH PARTITION public.usage_2025_06 FOR VALUES FROM ('019728c9-c000-0000-0000-000000000000') TO ('0197c348-8800-0000-0000-000000000000');

ALTER TABLE ONLY public.usage ATTACH PARTITION public.usage_default DEFAULT;

INSERT INTO public.directory_entries VALUES ('key', '01a22bfdf88d7586ab13cec27697fee5', '{"hash":"effcb8650f5decfcd258128dc4ac0e2449a446ce3c26ad525e7671ec8e9162eb","prefix":"tg-nW0k1H","name":"ci","user":"ada","team":"search","metadata":{"ticket":"42"},"created_at":"2026-11-30T10:26:34.253251+00:00"}', 1, '2026-11-30 10:26:34.356169+00');
INSERT INTO public.directory_entries VALUES ('limit', 'cost_per_30_days:key=01a22bfdf88d7586ab13cec27697fee5', '{"metric":"cost","window":"30 days","scope":{"key":"01a22bfdf88d7586ab13cec27697fee5"},"amount":"10","mode":"Hard","anchor":"2026-11-30T00:00:00"}', 2, '2026-11-30 10:26:34.416357+00');
INSERT INTO public.directory_entries VALUES ('limit', 'total_cost:user=*', '{"metric":"cost","window":"total","scope":{"user":"*"},"amount":"5","mode":"Hard","raise":{"amount":"7","until":"2027-01-01T00:00:00+00:00"}}', 3, '2026-11-30 10:26:34.938086+00');
INSERT INTO public.directory_entries VALUES ('limit', 'requests_per_month', '{"metric":"requests","window":"month","amount":"100","mode":"Soft","alert_at":[50,80]}', 4, '2026-11-30 10:26:35.53606+00');
INSERT INTO public.directory_entries VALUES ('user', 'ada', '{"email":"ada@example.com","name":"ada","enabled":true}', 5, '2026-11-30 10:26:36.09395+00');
INSERT INTO public.directory_entries VALUES ('project', 'engine', '{"description":"Engine","name":"engine","enabled":true}', 6, '2026-11-30 10:26:36.552954+00');

INSERT INTO public.directory_version VALUES (6);

INSERT INTO public.limit_counts VALUES ('total_cost:user=*', 'ada', 0, 12000000000, 0, NULL, NULL, 12000000000);

INSERT INTO public.tollgate_schema VALUES (1, '2026-11-30 10:26:31.64492+00');
INSERT INTO public.tollgate_schema VALUES (2, '2026-11-30 10:26:31.691627+00');
INSERT INTO public.tollgate_schema VALUES (3, '2026-11-30 10:26:31.711649+00');
INSERT INTO public.tollgate_schema VALUES (4, '2026-11-30 10:26:31.735669+00');
INSERT INTO public.tollgate_schema VALUES (5, '2026-11-30 10:26:31.751737+00');
INSERT INTO public.tollgate_schema VALUES (6, '2026-11-30 10:26:31.783806+00');

INSERT INTO public.usage_2025_06 VALUES ('01979dd0-0000-7000-8000-000000000001', 1, '2026-06-30 10:00:00+00', 0, NULL, 'openai', 'gpt-4o', NULL, NULL, NULL, 'chat', false, 0, NULL, 'ada', 'engine', NULL, NULL, NULL, NULL, 1000, 0, 0, 0, 0, 0, 0, 50, 0, 0, 0, 0, 1, 0, 0, 0, NULL, NULL, NULL, 0.003000000000, 'builtin/2026-07/openai/gpt-4o', 7, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.usage_2025_06 VALUES ('01979dd0-0000-7000-8000-000000000002', 1, '2026-06-30 10:01:00+00', 0, NULL, 'unknown', 'no-such-model', NULL, NULL, NULL, 'chat', false, 0, NULL, 'bob', NULL, NULL, NULL, NULL, NULL, 7, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, 7, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.usage_2025_06 VALUES ('01979dd0-0000-7000-8000-000000000003', 1, '2026-07-01 23:59:59+00', 0, NULL, 'anthropic', 'claude-sonnet-4-5', NULL, NULL, NULL, 'chat', false, 0, NULL, NULL, NULL, 's1', 'batch', NULL, NULL, 150, 0, 0, 50, 0, 0, 0, 20, 0, 0, 0, 0, 1, 0, 0, 0, NULL, NULL, NULL, 0.000765000000, 'builtin/2026-07/anthropic/claude-sonnet-4-5', 7, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.usage_2025_06 VALUES ('01979dd0-0000-7000-8000-000000000010', 1, '2026-06-30 10:00:00+00', 0, NULL, 'openai', 'gpt-4o', NULL, NULL, NULL, 'chat', false, 0, NULL, 'ada', 'engine', NULL, NULL, NULL, NULL, 1000, 0, 0, 0, 0, 0, 0, 50, 0, 0, 0, 0, 1, 0, 0, 0, NULL, NULL, NULL, 0.003000000000, 'builtin/2026-07/openai/gpt-4o', 5, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.usage_2025_06 VALUES ('01979dd0-0000-7000-8000-000000000011', 1, '2026-06-30 10:00:00+00', 0, NULL, 'openai', 'gpt-4o', NULL, NULL, NULL, 'chat', false, 0, NULL, 'ada', 'engine', NULL, NULL, NULL, NULL, 1000, 0, 0, 0, 0, 0, 0, 50, 0, 0, 0, 0, 1, 0, 0, 0, NULL, NULL, NULL, 0.003000000000, 'builtin/2026-07/openai/gpt-4o', 6, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.usage_2025_06 VALUES ('01979dd0-0000-7000-8000-000000000012', 1, '2026-06-30 10:00:00+00', 0, NULL, 'openai', 'gpt-4o', NULL, NULL, NULL, 'chat', false, 0, NULL, 'ada', 'engine', NULL, NULL, NULL, NULL, 1000, 0, 0, 0, 0, 0, 0, 50, 0, 0, 0, 0, 1, 0, 0, 0, NULL, NULL, NULL, 0.003000000000, 'builtin/2026-07/openai/gpt-4o', 1, 0, NULL, NULL, NULL, NULL);

INSERT INTO public.usage_days VALUES ('2026-06-30 00:00:00+00', '\x62d70652dff88529729de6691e349e0e36d139cefe78926f41b675e23e3ae791', '', 'no-such-model', 'unknown', 'bob', '', 1, 0, 0, 1, 0.000000000000, 0, 7, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0);
INSERT INTO public.usage_days VALUES ('2026-07-01 00:00:00+00', '\x608f222be57bb3679eb04c072cb79bcf5bbe093727e8f08989ab2f567e6508df', '', 'claude-sonnet-4-5', 'anthropic', '', '', 1, 0, 0, 0, 0.000765000000, 0, 150, 0, 0, 50, 0, 0, 0, 20, 0, 0, 0, 0, 1, 0, 0);
INSERT INTO public.usage_days VALUES ('2026-06-30 00:00:00+00', '\xd6e4c831e9676f67a95f63b6c81e39476044cd5d310a1f7820b8e4109916ca13', '', 'gpt-4o', 'openai', 'ada', 'engine', 4, 2, 0, 0, 0.012000000000, 0, 4000, 0, 0, 0, 0, 0, 0, 200, 0, 0, 0, 0, 4, 0, 0);

INSERT INTO public.usage_rollup VALUES ('2026-06-30 10:00:00+00', '\x62d70652dff88529729de6691e349e0e36d139cefe78926f41b675e23e3ae791', '', 'no-such-model', 'unknown', 'bob', '', 1, 0, 0, 1, 0.000000000000, 0, 7, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0);
INSERT INTO public.usage_rollup VALUES ('2026-07-01 23:45:00+00', '\x608f222be57bb3679eb04c072cb79bcf5bbe093727e8f08989ab2f567e6508df', '', 'claude-sonnet-4-5', 'anthropic', '', '', 1, 0, 0, 0, 0.000765000000, 0, 150, 0, 0, 50, 0, 0, 0, 20, 0, 0, 0, 0, 1, 0, 0);
INSERT INTO public.usage_rollup VALUES ('2026-06-30 10:00:00+00', '\xd6e4c831e9676f67a95f63b6c81e39476044cd5d310a1f7820b8e4109916ca13', '', 'gpt-4o', 'openai', 'ada', 'engine', 4, 2, 0, 0, 0.012000000000, 0, 4000, 0, 0, 0, 0, 0, 0, 200, 0, 0, 0, 0, 4, 0, 0);

INSERT INTO public.usage_slots VALUES ('2026-07-01 23:45:00+00', 1, 0, 0, 0, 0.000765000000, 0, 150, 0, 0, 50, 0, 0, 0, 20, 0, 0, 0, 0, 1, 0, 0);
INSERT INTO public.usage_slots VALUES ('2026-06-30 10:00:00+00', 5, 2, 0, 1, 0.012000000000, 0, 4007, 0, 0, 0, 0, 0, 0, 203, 0, 0, 0, 0, 5, 0, 0);

ALTER TABLE ONLY public.alert_deliveries
    ADD CONSTRAINT alert_deliveries_alert_id_channel_recipient_key UNIQUE (alert_id, channel, recipient);

ALTER TABLE ONLY public.alert_deliveries
    ADD CONSTRAINT alert_deliveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_key_key UNIQUE (key);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.directory_entries
    ADD CONSTRAINT directory_entries_pkey PRIMARY KEY (kind, name);

ALTER TABLE ONLY public.limit_counts
    ADD CONSTRAINT limit_counts_pkey PRIMARY KEY (limit_id, target, window_start);

ALTER TABLE ONLY public.limit_grants
    ADD CONSTRAINT limit_grants_pkey PRIMARY KEY (limit_id, target, window_start, holder);

ALTER TABLE ONLY public.limit_holders
    ADD CONSTRAINT limit_holders_pkey PRIMARY KEY (holder);

ALTER TABLE ONLY public.limit_levels
    ADD CONSTRAINT limit_levels_pkey PRIMARY KEY (limit_id, target, window_start, amount);

ALTER TABLE ONLY public.tollgate_schema
    ADD CONSTRAINT tollgate_schema_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.usage
    ADD CONSTRAINT usage_pkey PRIMARY KEY (call_id, attempt);

ALTER TABLE ONLY public.usage_2025_06
    ADD CONSTRAINT usage_2025_06_pkey PRIMARY KEY (call_id, attempt);

ALTER TABLE ONLY public.usage_days
    ADD CONSTRAINT usage_days_pkey PRIMARY KEY (day, names_hash);

ALTER TABLE ONLY public.usage_default
    ADD CONSTRAINT usage_default_pkey PRIMARY KEY (call_id, attempt);

ALTER TABLE ONLY public.usage_rollup
    ADD CONSTRAINT usage_rollup_pkey PRIMARY KEY (slot, names_hash);

ALTER TABLE ONLY public.usage_slots
    ADD CONSTRAINT usage_slots_pkey PRIMARY KEY (slot);

CREATE INDEX alert_deliveries_unsent ON public.alert_deliveries USING btree (state, next_at) WHERE (state <> 'sent'::text);

CREATE INDEX alerts_new ON public.alerts USING btree (id) WHERE (NOT routed);

CREATE INDEX limit_grants_holder ON public.limit_grants USING btree (holder);

CREATE INDEX usage_application ON ONLY public.usage USING btree (application, started_at) WHERE (application IS NOT NULL);

CREATE INDEX usage_2025_06_application_started_at_idx ON public.usage_2025_06 USING btree (application, started_at) WHERE (application IS NOT NULL);

CREATE INDEX usage_session ON ONLY public.usage USING btree (session, started_at) WHERE (session IS NOT NULL);

CREATE INDEX usage_2025_06_session_started_at_idx ON public.usage_2025_06 USING btree (session, started_at) WHERE (session IS NOT NULL);

CREATE INDEX usage_started ON ONLY public.usage USING btree (started_at, call_id, attempt);

CREATE INDEX usage_2025_06_started_at_call_id_attempt_idx ON public.usage_2025_06 USING btree (started_at, call_id, attempt);

CREATE INDEX usage_default_application_started_at_idx ON public.usage_default USING btree (application, started_at) WHERE (application IS NOT NULL);

CREATE INDEX usage_default_session_started_at_idx ON public.usage_default USING btree (session, started_at) WHERE (session IS NOT NULL);

CREATE INDEX usage_default_started_at_call_id_attempt_idx ON public.usage_default USING btree (started_at, call_id, attempt);

ALTER INDEX public.usage_application ATTACH PARTITION public.usage_2025_06_application_started_at_idx;

ALTER INDEX public.usage_pkey ATTACH PARTITION public.usage_2025_06_pkey;

ALTER INDEX public.usage_session ATTACH PARTITION public.usage_2025_06_session_started_at_idx;

ALTER INDEX public.usage_started ATTACH PARTITION public.usage_2025_06_started_at_call_id_attempt_idx;

ALTER INDEX public.usage_application ATTACH PARTITION public.usage_default_application_started_at_idx;

ALTER INDEX public.usage_pkey ATTACH PARTITION public.usage_default_pkey;

ALTER INDEX public.usage_session ATTACH PARTITION public.usage_default_session_started_at_idx;

ALTER INDEX public.usage_started ATTACH PARTITION public.usage_default_started_at_call_id_attempt_idx;

