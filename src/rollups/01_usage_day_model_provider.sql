-- name: usage_day_model_provider
-- version: 3
-- source: generations
-- target: usage_day_model_provider
-- keys: release_key, day, model_key, provider_key
-- additive: requests, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, total_tokens, spend_usd, billed_tokens, billed_spend_usd, tool_call_requests, tool_call_tokens, tools_offered_requests, streamed_requests, cancelled_requests, byok_requests, byok_tokens, estimated_tokens, estimated_spend_usd, listed_tokens, listed_spend_usd, list_cost_usd, free_requests, free_tokens, free_billed_tokens, free_billed_spend_usd, free_estimated_tokens, unsplit_tokens
-- withhold: fold provider_key
-- apart: free_requests, free_tokens, free_billed_tokens, free_billed_spend_usd, free_estimated_tokens, listed_tokens, listed_spend_usd, list_cost_usd
--
-- Grain: one UTC day, model and provider. A sum is NULL where no generation of the cell carries the value.
-- The provider is the one that the log names, else the host that the prefix of the model's name tells
-- (fireworks_ai/…).
-- billed_* is the base of the effective cost: generations whose spend is known and not on the user's own provider
-- key (BYOK). A generation that does not say whether it is BYOK is taken as not.
-- A tool call is a finish reason: tools_called speaks where a log gives none.
-- estimated_* is of generations without a spend and not BYOK, at the list price of the day, where one is known: of all
-- prompt and completion tokens, none of them cached. listed_* is of those billed, and not of a free variant, whose
-- list price of the day is known: what was paid for them, and what they cost by the list (list_cost_usd).
-- free_* is the part of a free variant, by the model's name or the log's variant, without BYOK: of few users it is not
-- told from the rest of its cell, and neither is listed_*, which could be subtracted from billed_*; the tokens of the
-- cell are then in unsplit_tokens.

WITH
    g.prompt_tokens + g.completion_tokens AS tokens,
    ifNull(g.byok, false) AS is_byok,
    g.spend_usd IS NOT NULL AND NOT is_byok AS is_billed,
    lower(ifNull(g.variant, 'standard')) AS variant,
    NOT is_byok AND (models.is_free OR variant = 'free') AS is_free,
    multiIf(
        variant = 'free', toDecimal128(0, 12),
        variant = 'standard', g.prompt_tokens * models.prompt_usd + g.completion_tokens * models.completion_usd,
        NULL
    ) AS list_usd,
    g.spend_usd IS NULL AND NOT is_byok AND list_usd IS NOT NULL AS is_estimated,
    is_billed AND NOT is_free AND list_usd IS NOT NULL AS is_listed
SELECT
    {release_key:Int32} AS release_key,
    toDate(g.created_at) AS day,
    models.model_key AS model_key,
    coalesce(provider_names.provider_key, models.provider_key) AS provider_key,
    count() AS requests,
    sum(g.prompt_tokens) AS prompt_tokens,
    sum(g.completion_tokens) AS completion_tokens,
    sum(g.reasoning_tokens) AS reasoning_tokens,
    sum(g.cached_tokens) AS cached_tokens,
    sum(g.prompt_tokens + g.completion_tokens) AS total_tokens,
    sum(g.spend_usd) AS spend_usd,
    sum(if(g.spend_usd IS NULL OR ifNull(g.byok, false), NULL, g.prompt_tokens + g.completion_tokens)) AS billed_tokens,
    sum(if(ifNull(g.byok, false), NULL, g.spend_usd)) AS billed_spend_usd,
    sum(coalesce(g.finish_reason = 'tool_calls', g.tools_called)) AS tool_call_requests,
    sum(coalesce(g.finish_reason = 'tool_calls', g.tools_called) * (g.prompt_tokens + g.completion_tokens)) AS tool_call_tokens,
    sum(g.tools_offered) AS tools_offered_requests,
    sum(g.streamed) AS streamed_requests,
    sum(g.cancelled) AS cancelled_requests,
    sum(g.byok) AS byok_requests,
    sum(g.byok * (g.prompt_tokens + g.completion_tokens)) AS byok_tokens,
    sum(if(is_estimated, tokens, NULL)) AS estimated_tokens,
    sum(if(is_estimated, list_usd, NULL)) AS estimated_spend_usd,
    sum(if(is_listed, tokens, NULL)) AS listed_tokens,
    sum(if(is_listed, g.spend_usd, NULL)) AS listed_spend_usd,
    sum(if(is_listed, list_usd, NULL)) AS list_cost_usd,
    countIf(is_free) AS free_requests,
    sumIf(tokens, is_free) AS free_tokens,
    sum(if(is_free AND is_billed, tokens, NULL)) AS free_billed_tokens,
    sum(if(is_free AND is_billed, g.spend_usd, NULL)) AS free_billed_spend_usd,
    sum(if(is_free AND is_estimated, tokens, NULL)) AS free_estimated_tokens,
    0 AS unsplit_tokens,
    groupUniqArrayIf({minimum_users:UInt32})(g.user, is_free) AS part_users,
    groupUniqArrayIf({minimum_users:UInt32})(g.user, NOT is_free) AS rest_users,
    sumIf(g.prompt_tokens + g.completion_tokens, models.is_folded) AS folded_tokens,
    groupUniqArray({minimum_users:UInt32})(g.user) AS some_users
FROM generations AS g
INNER JOIN published_models AS models ON models.day = toDate(g.created_at) AND models.raw = g.model
LEFT JOIN provider_names ON provider_names.raw = g.provider
WHERE g.dataset = {dataset:String}
GROUP BY day, model_key, provider_key
