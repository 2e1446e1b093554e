-- name: histogram_day_model
-- version: 1
-- source: generations
-- target: histogram_day_model
-- keys: release_key, day, model_key, kind
-- additive: buckets, requests
-- withhold: leave out
--
-- Grain: one UTC day, model and kind of value; no row where no generation carries the value. `buckets` are those
-- that hold a value, ascending, and `requests` has one count for each: add counts of the same bucket. Both leave as
-- the text of a PostgreSQL array.
-- Bucket 0 holds 0; bucket i ≥ 1 is the smallest with gamma^(i − 1) ≥ value, gamma = (1 + 0.02) ÷ (1 − 0.02). The
-- quotient of logarithms is rounded, so the powers on both sides of it decide.

WITH (1 + 0.02) / (1 - 0.02) AS gamma
SELECT
    {release_key:Int32} AS release_key,
    day,
    model_key,
    kind,
    concat('{', arrayStringConcat(arrayMap(cell -> cell.1, cells), ','), '}') AS buckets,
    concat('{', arrayStringConcat(arrayMap(cell -> cell.2, cells), ','), '}') AS requests,
    users
FROM
(
    SELECT
        day,
        model_key,
        kind,
        arraySort(groupArray((bucket, bucket_requests))) AS cells,
        length(groupUniqArrayArray({minimum_users:UInt32})(some_users)) AS users
    FROM
    (
        WITH
            toInt16(ceil(log(value) / log(gamma))) AS power,
            1 + power - (pow(gamma, power - 1) >= value) + (pow(gamma, power) < value) AS bucket_of_more
        SELECT
            day,
            model_key,
            kind,
            if(value = 0, 0, bucket_of_more) AS bucket,
            count() AS bucket_requests,
            groupUniqArray({minimum_users:UInt32})(user) AS some_users
        FROM
        (
            SELECT
                toDate(g.created_at) AS day,
                models.model_key AS model_key,
                g.user AS user,
                arrayJoin([
                    ('PROMPT_TOKENS', toNullable(g.prompt_tokens)),
                    ('COMPLETION_TOKENS', toNullable(g.completion_tokens)),
                    ('SEQUENCE_TOKENS', toNullable(g.prompt_tokens + g.completion_tokens)),
                    ('LATENCY_MS', g.latency_ms),
                    ('TIME_TO_FIRST_TOKEN_MS', g.time_to_first_token_ms)
                ]) AS cell,
                cell.1 AS kind,
                cell.2 AS value
            FROM generations AS g
            INNER JOIN published_models AS models ON models.day = toDate(g.created_at) AND models.raw = g.model
            WHERE g.dataset = {dataset:String}
        )
        WHERE value IS NOT NULL
        GROUP BY day, model_key, kind, bucket
    )
    GROUP BY day, model_key, kind
)
