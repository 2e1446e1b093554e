-- name: usage_day_model_country
-- version: 2
-- source: generations
-- target: usage_day_model_country
-- keys: release_key, day, model_key, country
-- additive: requests, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, total_tokens, spend_usd, billed_tokens, billed_spend_usd, tool_call_requests, tool_call_tokens, tools_offered_requests, streamed_requests, cancelled_requests, byok_requests, byok_tokens
-- withhold: fold country
--
-- Grain: one UTC day, model and billing country. A sum is NULL where no generation of the cell carries the value.
-- billed_* is the base of the effective cost: generations whose spend is known and not on the user's own provider
-- key (BYOK). A generation that does not say whether it is BYOK is taken as not.
-- A tool call is a finish reason: tools_called speaks where a log gives none.

SELECT
    {release_key:Int32} AS release_key,
    toDate(g.created_at) AS day,
    models.model_key AS model_key,
    g.country AS country,
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
    sumIf(g.prompt_tokens + g.completion_tokens, models.is_folded) AS folded_tokens,
    groupUniqArray({minimum_users:UInt32})(g.user) AS some_users
FROM generations AS g
INNER JOIN published_models AS models ON models.day = toDate(g.created_at) AND models.raw = g.model
WHERE g.dataset = {dataset:String}
GROUP BY day, model_key, country
