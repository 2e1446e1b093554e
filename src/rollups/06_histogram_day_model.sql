-- name: histogram_day_model
-- version: 2
-- source: generations
-- target: histogram_day_model
-- keys: release_key, level, grain, kind, model_key, day
-- additive: buckets, requests
-- withhold: leave out
--
-- Grain: one UTC day, model and kind of value (level MODEL, grain DAY); no row where no generation carries the
-- value. From these are merged, so that long ranges read few rows: weeks from Monday (WEEK), from Sunday
-- (WEEK_SUNDAY) and months, and all models together (level ALL). A day that is left out is in none of them.
-- `buckets` are those that hold a value, ascending, and `requests` has one count for each: add counts of the same
-- bucket. Both leave as the text of a PostgreSQL array.
-- Bucket 0 holds 0; bucket i ≥ 1 is the smallest with gamma^(i − 1) ≥ value, gamma = (1 + 0.02) ÷ (1 − 0.02). The
-- quotient of logarithms is rounded, so the powers on both sides of it decide.

WITH
    (1 + 0.02) / (1 - 0.02) AS gamma,
    carried AS
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
    ),
    counted AS
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
        FROM carried
        WHERE value IS NOT NULL
        GROUP BY day, model_key, kind, bucket
    ),
    days AS
    (
        SELECT
            day,
            model_key,
            kind,
            sumMap([bucket], [bucket_requests]) AS histogram,
            length(groupUniqArrayArray({minimum_users:UInt32})(some_users)) AS users
        FROM counted
        GROUP BY day, model_key, kind
    ),
    merged AS
    (
        SELECT
            arrayJoin(if(
                {withholds:Bool} AND users < {minimum_users:UInt32},
                [('MODEL', 'DAY', day)],
                arrayFlatten(arrayMap(
                    level -> [
                        (level, 'DAY', day),
                        (level, 'WEEK', toMonday(day)),
                        (level, 'WEEK_SUNDAY', toMonday(day + 1) - 1),
                        (level, 'MONTH', toStartOfMonth(day))
                    ],
                    ['MODEL', 'ALL']))
            )) AS period,
            if(period.1 = 'ALL', NULL, model_key) AS merged_key,
            kind,
            sumMap(histogram.1, histogram.2) AS cells,
            min(users) AS fewest_users
        FROM days
        GROUP BY period, merged_key, kind
    )
SELECT
    {release_key:Int32} AS release_key,
    period.1 AS level,
    period.2 AS grain,
    kind,
    merged_key AS model_key,
    period.3 AS day,
    concat('{', arrayStringConcat(cells.1, ','), '}') AS buckets,
    concat('{', arrayStringConcat(cells.2, ','), '}') AS requests,
    fewest_users AS users
FROM merged
