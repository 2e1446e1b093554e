-- name: usage_day_model_category
-- version: 2
-- source: labels
-- target: usage_day_model_category
-- keys: release_key, day, model_key, category_key, weighting
-- additive: requests, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, total_tokens, spend_usd, billed_tokens, billed_spend_usd, tool_call_requests, tool_call_tokens, tools_offered_requests, streamed_requests, cancelled_requests, byok_requests, byok_tokens, requests_squares, prompt_tokens_squares, completion_tokens_squares, total_tokens_squares, spend_usd_squares, estimated_tokens, estimated_spend_usd, listed_tokens, listed_spend_usd, list_cost_usd, free_requests, free_tokens, free_billed_tokens, free_billed_spend_usd, free_estimated_tokens, unsplit_tokens
-- apart: free_requests, free_tokens, free_billed_tokens, free_billed_spend_usd, free_estimated_tokens, listed_tokens, listed_spend_usd, list_cost_usd
-- once for weighting: EACH, SPLIT
--
-- Grain: one UTC day, model and category, of the generations with content labels only: a sample, not scaled up.
-- EACH counts a generation wholly in every category of its labels, SPLIT in equal parts; several labels of one
-- category count once. category_key is NULL where no label of a generation is mapped, and for what is folded because it
-- stands for too few users, as decided when the sample was drawn.
-- A sum is NULL where no generation of the cell carries the value; *_squares sum the squares of what each
-- generation adds, for the sampling error. Parts are decimals of at least 12 places, so that sums do not depend on
-- the order of adding. billed_*, tool calls and what follows them are those of usage_day_model_provider.

SELECT
    {release_key:Int32} AS release_key,
    part.sample_day AS day,
    nullIf(part.published_model, 0) AS model_key,
    nullIf(part.published_category, 0) AS category_key,
    {weighting:String} AS weighting,
    sum(toDecimal128(1, 12) / part.parts) AS requests,
    sum(toDecimal128(part.prompt, 12) / part.parts) AS prompt_tokens,
    sum(toDecimal128(part.completion, 12) / part.parts) AS completion_tokens,
    sum(toDecimal128(part.reasoning, 12) / part.parts) AS reasoning_tokens,
    sum(toDecimal128(part.cached, 12) / part.parts) AS cached_tokens,
    sum(toDecimal128(part.total, 12) / part.parts) AS total_tokens,
    sum(toDecimal128(part.spend, 15) / part.parts) AS spend_usd,
    sum(toDecimal128(if(part.is_billed, part.total, NULL), 12) / part.parts) AS billed_tokens,
    sum(toDecimal128(if(part.is_billed, part.spend, NULL), 15) / part.parts) AS billed_spend_usd,
    sum(toDecimal128(part.is_tool_call, 12) / part.parts) AS tool_call_requests,
    sum(toDecimal128(part.is_tool_call * part.total, 12) / part.parts) AS tool_call_tokens,
    sum(toDecimal128(part.offers_tools, 12) / part.parts) AS tools_offered_requests,
    sum(toDecimal128(part.is_streamed, 12) / part.parts) AS streamed_requests,
    sum(toDecimal128(part.is_cancelled, 12) / part.parts) AS cancelled_requests,
    sum(toDecimal128(part.is_byok, 12) / part.parts) AS byok_requests,
    sum(toDecimal128(part.is_byok * part.total, 12) / part.parts) AS byok_tokens,
    sum(toDecimal256(1, 12) / (part.parts * part.parts)) AS requests_squares,
    sum(toDecimal256(part.prompt, 12) * part.prompt / (part.parts * part.parts)) AS prompt_tokens_squares,
    sum(toDecimal256(part.completion, 12) * part.completion / (part.parts * part.parts)) AS completion_tokens_squares,
    sum(toDecimal256(part.total, 12) * part.total / (part.parts * part.parts)) AS total_tokens_squares,
    sum(toDecimal256(part.spend, 12) * toDecimal256(part.spend, 12) / (part.parts * part.parts)) AS spend_usd_squares,
    sum(toDecimal128(if(part.is_estimated, part.total, NULL), 12) / part.parts) AS estimated_tokens,
    sum(toDecimal128(if(part.is_estimated, part.list_usd, NULL), 15) / part.parts) AS estimated_spend_usd,
    sum(toDecimal128(if(part.is_listed, part.total, NULL), 12) / part.parts) AS listed_tokens,
    sum(toDecimal128(if(part.is_listed, part.spend, NULL), 15) / part.parts) AS listed_spend_usd,
    sum(toDecimal128(if(part.is_listed, part.list_usd, NULL), 15) / part.parts) AS list_cost_usd,
    sum(toDecimal128(part.is_free, 12) / part.parts) AS free_requests,
    sum(toDecimal128(part.is_free * part.total, 12) / part.parts) AS free_tokens,
    sum(toDecimal128(if(part.is_free AND part.is_billed, part.total, NULL), 12) / part.parts) AS free_billed_tokens,
    sum(toDecimal128(if(part.is_free AND part.is_billed, part.spend, NULL), 15) / part.parts) AS free_billed_spend_usd,
    sum(toDecimal128(if(part.is_free AND part.is_estimated, part.total, NULL), 12) / part.parts) AS free_estimated_tokens,
    toDecimal128(0, 12) AS unsplit_tokens,
    groupUniqArrayIf({minimum_users:UInt32})(part.user, part.is_free) AS part_users,
    groupUniqArrayIf({minimum_users:UInt32})(part.user, NOT part.is_free) AS rest_users
FROM
(
    SELECT
        labelled.day AS sample_day,
        models.published_key AS published_model,
        categories.published_key AS published_category,
        if({weighting:String} = 'SPLIT', length(labelled.category_keys), 1) AS parts,
        labelled.prompt_tokens AS prompt,
        labelled.completion_tokens AS completion,
        labelled.reasoning_tokens AS reasoning,
        labelled.cached_tokens AS cached,
        prompt + completion AS total,
        labelled.spend_usd AS spend,
        spend IS NOT NULL AND NOT ifNull(labelled.byok, false) AS is_billed,
        toUInt8(labelled.tool_called) AS is_tool_call,
        toUInt8(labelled.tools_offered) AS offers_tools,
        toUInt8(labelled.streamed) AS is_streamed,
        toUInt8(labelled.cancelled) AS is_cancelled,
        toUInt8(labelled.byok) AS is_byok,
        labelled.user AS user,
        labelled.list_usd AS list_usd,
        labelled.is_free AND NOT ifNull(labelled.byok, false) AS is_free,
        spend IS NULL AND NOT ifNull(labelled.byok, false) AND list_usd IS NOT NULL AS is_estimated,
        is_billed AND NOT is_free AND list_usd IS NOT NULL AS is_listed
    FROM
    (
        SELECT *, arrayJoin(category_keys) AS label FROM label_sample WHERE dataset = {dataset:String}
    ) AS labelled
    INNER JOIN sampled_models AS models ON models.day = labelled.day AND models.model_key = labelled.model_key
    INNER JOIN sampled_categories AS categories
        ON categories.day = labelled.day
        AND categories.model_key = models.published_key
        AND categories.category_key = labelled.label
    WHERE NOT models.is_left_out
) AS part
GROUP BY part.sample_day, part.published_model, part.published_category
