-- name: usage_day_model_provider
-- version: 1
-- source: generations
-- target: usage_day_model_provider
-- keys: release_key, day, model_key, provider_key
-- additive: requests, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, total_tokens, spend_usd, billed_tokens, billed_spend_usd
--
-- Grain: one UTC day, model and provider. A sum is NULL where no generation of the cell carries the value.
-- billed_* is the base of the effective cost: generations whose spend is known, with those on the user's own
-- provider key (BYOK) counted as 0. A generation that does not say whether it is BYOK is taken as not.

SELECT
    {release_key:Int32} AS release_key,
    toDate(created_at) AS day,
    model_key,
    provider_key,
    count() AS requests,
    sum(g.prompt_tokens) AS prompt_tokens,
    sum(g.completion_tokens) AS completion_tokens,
    sum(g.reasoning_tokens) AS reasoning_tokens,
    sum(g.cached_tokens) AS cached_tokens,
    sum(g.prompt_tokens + g.completion_tokens) AS total_tokens,
    sum(g.spend_usd) AS spend_usd,
    sum(multiIf(g.spend_usd IS NULL, NULL, g.byok, 0, g.prompt_tokens + g.completion_tokens)) AS billed_tokens,
    sum(multiIf(g.spend_usd IS NULL, NULL, g.byok, 0, g.spend_usd)) AS billed_spend_usd
FROM generations AS g
INNER JOIN model_names ON model_names.raw = g.model
LEFT JOIN provider_names ON provider_names.raw = g.provider
WHERE dataset = {dataset:String}
GROUP BY day, model_key, provider_key
ORDER BY day, model_key, provider_key
-- A generation without a provider has no provider_key either.
SETTINGS join_use_nulls = 1
