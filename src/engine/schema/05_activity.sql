-- Activity: who used which model on which day, where a log gives no more than that, such as a provider's counts of
-- requests by client. It carries users but no tokens.

CREATE TABLE IF NOT EXISTS stored_activity
(
    dataset LowCardinality(String),
    load_id UInt32,
    day Date,
    user UInt128,
    model LowCardinality(String),
    requests Nullable(UInt64) CODEC(T64, ZSTD),
    INDEX load_id load_id TYPE minmax
)
ENGINE = MergeTree
PARTITION BY dataset
ORDER BY (dataset, day, model)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS activity AS
SELECT * FROM stored_activity WHERE load_id IN (SELECT load_id FROM loads);

CREATE TABLE IF NOT EXISTS staged_activity
(
    row UInt64,
    line UInt64,
    distinct_repeats Bool,
    key_hex String EPHEMERAL,
    key UInt128 DEFAULT reinterpretAsUInt128(unhex(key_hex)),
    content_hash_hex String EPHEMERAL,
    content_hash UInt128 DEFAULT reinterpretAsUInt128(unhex(content_hash_hex)),
    day Date,
    user_hex String EPHEMERAL,
    user UInt128 DEFAULT reinterpretAsUInt128(unhex(user_hex)),
    model LowCardinality(String),
    requests Nullable(UInt64)
)
ENGINE = MergeTree
ORDER BY (key, row);

-- Who used which model on which day, wherever it is known from; a user may have a model and day many times.
CREATE VIEW IF NOT EXISTS active_days AS
SELECT dataset, toDate(created_at) AS day, model, assumeNotNull(generations.user) AS user
FROM generations
WHERE generations.user IS NOT NULL
UNION ALL
SELECT dataset, day, model, user FROM activity;
