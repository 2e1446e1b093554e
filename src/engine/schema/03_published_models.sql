-- What the names in the logs stand for while a release is being made, and as what each model is published on each
-- day. In memory: gone with the process, so that no rollup can run on the names of an earlier catalogue.

DROP TABLE IF EXISTS model_names;
CREATE TABLE model_names
(
    raw String,
    -- None where the name is a feed's word for the rest of its models.
    model_key Nullable(Int32),
    author_key Nullable(Int32),
    source_group LowCardinality(Nullable(String)),
    -- The host that the name's prefix tells.
    provider_key Nullable(Int32)
)
ENGINE = Memory;

DROP TABLE IF EXISTS provider_names;
CREATE TABLE provider_names (raw String, provider_key Nullable(Int32)) ENGINE = Memory;

CREATE TABLE IF NOT EXISTS country_names (raw String, continent LowCardinality(Nullable(String))) ENGINE = Memory;

-- Each model of each day, also those withheld.
CREATE TABLE IF NOT EXISTS model_days
(
    day Date,
    model_key Nullable(Int32),
    published_key Nullable(Int32),
    -- Its rows are published, but not under its name.
    is_folded Bool,
    -- Its rows are not published at all: the day as a whole stands for too few users.
    is_left_out Bool,
    requests UInt64,
    total_tokens UInt64
)
ENGINE = Memory;

CREATE VIEW IF NOT EXISTS published_models AS
SELECT
    model_days.day AS day,
    model_names.raw AS raw,
    model_days.published_key AS model_key,
    model_names.provider_key AS provider_key,
    model_days.is_folded AS is_folded
FROM model_days
INNER JOIN model_names ON model_names.model_key IS NOT DISTINCT FROM model_days.model_key
WHERE NOT model_days.is_left_out;
