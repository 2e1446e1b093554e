-- name: active_users
-- version: 1
-- source: generations
-- target: active_users
-- keys: release_key, grain, period_start, model_key
-- distinct: users
-- once for grain: DAY, WEEK, MONTH
--
-- Grain: one period and model, and one period with model_key NULL for all models together. Weeks begin on
-- Monday. Exact, without the generations that carry no user; a count of distinct users can not be summed.

SELECT
    {release_key:Int32} AS release_key,
    {grain:String} AS grain,
    period_start,
    model_key,
    count() AS users
FROM
(
    -- One row per user and cell, not one set of users per cell (uniqExact): rows that do not fit into memory
    -- go to disk, while a set has to fit as a whole.
    SELECT toDate(dateTrunc({grain:String}, created_at)) AS period_start, model_key, user
    FROM generations
    INNER JOIN model_names ON model_names.raw = generations.model
    WHERE dataset = {dataset:String} AND user IS NOT NULL
    GROUP BY GROUPING SETS ((period_start, model_key, user), (period_start, user))
)
GROUP BY period_start, model_key
ORDER BY period_start, model_key
-- In the set without it, model_key is NULL.
SETTINGS group_by_use_nulls = 1
