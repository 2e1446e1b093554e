-- Rows become visible by their load: tables named stored_* may hold rows of an unfinished load, and the views
-- of the plain name show those of finished loads. Count from the views.
-- Tables named staged_* hold what one load has read so far, and are emptied when the next one begins.

CREATE TABLE IF NOT EXISTS loads
(
    load_id UInt32,
    dataset LowCardinality(String),
    kind LowCardinality(String),
    file String,
    format LowCardinality(String),
    file_bytes Nullable(UInt64),
    file_sha256 Nullable(String),
    rows_read UInt64,
    accepted UInt64,
    already_loaded UInt64,
    refused UInt64,
    total_tokens UInt64,
    spend_usd Nullable(Decimal(38, 12)),
    first_day Date,
    last_day Date,
    started_at DateTime64(3, 'UTC'),
    committed_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY load_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS stored_generations
(
    dataset LowCardinality(String),
    load_id UInt32,
    created_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
    user Nullable(UInt128),
    model LowCardinality(String),
    provider LowCardinality(Nullable(String)),
    app LowCardinality(Nullable(String)),
    country LowCardinality(Nullable(String)),
    language LowCardinality(Nullable(String)),
    variant LowCardinality(Nullable(String)),
    prompt_tokens UInt64 CODEC(T64, ZSTD),
    completion_tokens UInt64 CODEC(T64, ZSTD),
    reasoning_tokens Nullable(UInt64) CODEC(T64, ZSTD),
    cached_tokens Nullable(UInt64) CODEC(T64, ZSTD),
    spend_usd Nullable(Decimal(18, 12)) CODEC(ZSTD),
    byok Nullable(Bool),
    streamed Nullable(Bool),
    cancelled Nullable(Bool),
    finish_reason LowCardinality(Nullable(String)),
    finish_reason_raw LowCardinality(Nullable(String)),
    tools_offered Nullable(Bool),
    tools_called Nullable(Bool),
    latency_ms Nullable(UInt32) CODEC(ZSTD),
    time_to_first_token_ms Nullable(UInt32) CODEC(ZSTD),
    INDEX load_id load_id TYPE minmax
)
ENGINE = MergeTree
PARTITION BY dataset
ORDER BY (dataset, toDate(created_at), model, created_at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS stored_usage_feed
(
    dataset LowCardinality(String),
    load_id UInt32,
    day Date,
    model LowCardinality(String),
    total_tokens UInt64,
    INDEX load_id load_id TYPE minmax
)
ENGINE = MergeTree
PARTITION BY dataset
ORDER BY (dataset, day, model)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Which events a data set holds, apart from what they say: one row for each stored row, in key order, so that
-- a new file is compared with all that was loaded before by reading keys and nothing else.
CREATE TABLE IF NOT EXISTS stored_keys
(
    dataset LowCardinality(String),
    load_id UInt32,
    key UInt128,
    content_hash UInt128,
    INDEX load_id load_id TYPE minmax
)
ENGINE = MergeTree
PARTITION BY dataset
ORDER BY (dataset, key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS stored_quarantine
(
    dataset LowCardinality(String),
    load_id UInt32,
    file String,
    line UInt64,
    field LowCardinality(Nullable(String)),
    code LowCardinality(String),
    reason String,
    INDEX load_id load_id TYPE minmax
)
ENGINE = MergeTree
PARTITION BY dataset
ORDER BY (dataset, load_id, line)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS generations AS
SELECT * FROM stored_generations WHERE load_id IN (SELECT load_id FROM loads);

CREATE VIEW IF NOT EXISTS usage_feed AS
SELECT * FROM stored_usage_feed WHERE load_id IN (SELECT load_id FROM loads);

CREATE VIEW IF NOT EXISTS quarantine AS
SELECT * FROM stored_quarantine WHERE load_id IN (SELECT load_id FROM loads);

CREATE TABLE IF NOT EXISTS staged_generations
(
    -- Order of reading: a line may hold several rows.
    row UInt64,
    line UInt64,
    distinct_repeats Bool,
    key_hex String EPHEMERAL,
    key UInt128 DEFAULT reinterpretAsUInt128(unhex(key_hex)),
    content_hash_hex String EPHEMERAL,
    content_hash UInt128 DEFAULT reinterpretAsUInt128(unhex(content_hash_hex)),
    created_at DateTime64(3, 'UTC'),
    user_hex Nullable(String) EPHEMERAL,
    user Nullable(UInt128) DEFAULT reinterpretAsUInt128(unhex(user_hex)),
    model LowCardinality(String),
    provider LowCardinality(Nullable(String)),
    app LowCardinality(Nullable(String)),
    country LowCardinality(Nullable(String)),
    language LowCardinality(Nullable(String)),
    variant LowCardinality(Nullable(String)),
    prompt_tokens UInt64,
    completion_tokens UInt64,
    reasoning_tokens Nullable(UInt64),
    cached_tokens Nullable(UInt64),
    spend_usd Nullable(Decimal(18, 12)),
    byok Nullable(Bool),
    streamed Nullable(Bool),
    cancelled Nullable(Bool),
    finish_reason LowCardinality(Nullable(String)),
    finish_reason_raw LowCardinality(Nullable(String)),
    tools_offered Nullable(Bool),
    tools_called Nullable(Bool),
    latency_ms Nullable(UInt32),
    time_to_first_token_ms Nullable(UInt32)
)
ENGINE = MergeTree
ORDER BY (key, row);

CREATE TABLE IF NOT EXISTS staged_usage_feed
(
    row UInt64,
    line UInt64,
    distinct_repeats Bool,
    key_hex String EPHEMERAL,
    key UInt128 DEFAULT reinterpretAsUInt128(unhex(key_hex)),
    content_hash_hex String EPHEMERAL,
    content_hash UInt128 DEFAULT reinterpretAsUInt128(unhex(content_hash_hex)),
    day Date,
    model LowCardinality(String),
    total_tokens UInt64
)
ENGINE = MergeTree
ORDER BY (key, row);

-- Rows refused when they were read.
CREATE TABLE IF NOT EXISTS staged_refused_rows
(
    line UInt64,
    field LowCardinality(Nullable(String)),
    code LowCardinality(String),
    reason String
)
ENGINE = MergeTree
ORDER BY line;

-- Rows that were read but are not to be stored.
CREATE TABLE IF NOT EXISTS staged_verdicts
(
    key UInt128,
    row UInt64,
    line UInt64,
    verdict Enum8('ALREADY_LOADED' = 1, 'DUPLICATE' = 2, 'CONFLICT' = 3),
    -- The line of this file that came first; 0 where it is an earlier load that did.
    first_line UInt64
)
ENGINE = MergeTree
ORDER BY (key, row);

CREATE VIEW IF NOT EXISTS staged_refusals AS
SELECT line, field, code, reason FROM staged_refused_rows
UNION ALL
SELECT
    line,
    NULL AS field,
    toString(verdict) AS code,
    multiIf(
        verdict = 'DUPLICATE', format('repeats the event of line {}', toString(first_line)),
        first_line = 0, 'has the identity of an event loaded before, but other values',
        format('has the identity of the event of line {}, but other values', toString(first_line))
    ) AS reason
FROM staged_verdicts
WHERE verdict != 'ALREADY_LOADED';

-- What the raw names of models and providers stand for while a release is being made. In memory: gone with the
-- process, so that no rollup can run on the names of an earlier catalogue.
CREATE TABLE IF NOT EXISTS model_names (raw String, model_key Int32) ENGINE = Memory;
CREATE TABLE IF NOT EXISTS provider_names (raw String, provider_key Int32) ENGINE = Memory;
