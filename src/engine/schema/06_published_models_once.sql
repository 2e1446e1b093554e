-- As what each model of each day is published, with its list prices: joined once for all rollups of a release, which
-- join their generations with it. As a view it was joined anew with each of them, generation by generation.

DROP TABLE IF EXISTS published_models;
CREATE TABLE published_models
(
    day Date,
    raw String,
    model_key Nullable(Int32),
    -- The host that the name's prefix tells.
    provider_key Nullable(Int32),
    is_folded Bool,
    is_free Bool,
    prompt_usd Nullable(Decimal(38, 12)),
    completion_usd Nullable(Decimal(38, 12))
)
ENGINE = Memory;
