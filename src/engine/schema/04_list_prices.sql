-- What the raw names of models cost by list price while a release is being made: in memory, as the names themselves.
-- A free variant costs nothing on any day. Where no row holds a day, no price of that day is known.

CREATE TABLE IF NOT EXISTS model_prices
(
    raw String,
    from_day Date,
    -- Day after the last.
    until_day Date,
    is_free Bool,
    -- Of one token; none where a free variant is served with something that is not.
    prompt_usd Nullable(Decimal(38, 12)),
    completion_usd Nullable(Decimal(38, 12))
)
ENGINE = Memory;

CREATE OR REPLACE VIEW published_models AS
SELECT
    model_days.day AS day,
    model_names.raw AS raw,
    model_days.published_key AS model_key,
    model_names.provider_key AS provider_key,
    model_days.is_folded AS is_folded,
    model_prices.is_free AS is_free,
    model_prices.prompt_usd AS prompt_usd,
    model_prices.completion_usd AS completion_usd
FROM model_days
INNER JOIN model_names ON model_names.model_key IS NOT DISTINCT FROM model_days.model_key
LEFT JOIN model_prices
    ON model_prices.raw = model_names.raw
    AND model_prices.from_day <= model_days.day
    AND model_prices.until_day > model_days.day
WHERE NOT model_days.is_left_out;

ALTER TABLE label_sample ADD COLUMN IF NOT EXISTS is_free Bool;
ALTER TABLE label_sample ADD COLUMN IF NOT EXISTS list_usd Nullable(Decimal(38, 12));
