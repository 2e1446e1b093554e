-- name: feed_usage_day_model
-- version: 3
-- source: usage_feed
-- target: usage_day_model_provider
-- keys: release_key, day, model_key, provider_key
-- additive: requests, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, total_tokens, spend_usd, billed_tokens, billed_spend_usd, tool_call_requests, tool_call_tokens, tools_offered_requests, streamed_requests, cancelled_requests, byok_requests, byok_tokens, estimated_tokens, estimated_spend_usd, listed_tokens, listed_spend_usd, list_cost_usd, free_requests, free_tokens, free_billed_tokens, free_billed_spend_usd, free_estimated_tokens, unsplit_tokens
--
-- Grain: one UTC day and model; what the feed sums up as "other" has no model. A feed knows total tokens only, those
-- of free variants (free_tokens) by the names of its models; the rest is NULL.

SELECT
    {release_key:Int32} AS release_key,
    feed.day AS day,
    model_names.model_key AS model_key,
    NULL AS provider_key,
    NULL AS requests,
    NULL AS prompt_tokens,
    NULL AS completion_tokens,
    NULL AS reasoning_tokens,
    NULL AS cached_tokens,
    sum(feed.total_tokens) AS total_tokens,
    NULL AS spend_usd,
    NULL AS billed_tokens,
    NULL AS billed_spend_usd,
    NULL AS tool_call_requests,
    NULL AS tool_call_tokens,
    NULL AS tools_offered_requests,
    NULL AS streamed_requests,
    NULL AS cancelled_requests,
    NULL AS byok_requests,
    NULL AS byok_tokens,
    NULL AS estimated_tokens,
    NULL AS estimated_spend_usd,
    NULL AS listed_tokens,
    NULL AS listed_spend_usd,
    NULL AS list_cost_usd,
    NULL AS free_requests,
    sumIf(feed.total_tokens, feed.model IN (SELECT raw FROM model_prices WHERE is_free)) AS free_tokens,
    NULL AS free_billed_tokens,
    NULL AS free_billed_spend_usd,
    NULL AS free_estimated_tokens,
    0 AS unsplit_tokens
FROM usage_feed AS feed
INNER JOIN model_names ON model_names.raw = feed.model
WHERE feed.dataset = {dataset:String}
GROUP BY day, model_key
