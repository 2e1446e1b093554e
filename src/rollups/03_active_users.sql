-- name: active_users
-- version: 2
-- source: generations
-- target: active_users
-- keys: release_key, grain, period_start, grouping, entity_key, label
-- distinct: users
-- withhold: leave out
-- once for grain: DAY, WEEK, MONTH
--
-- Grain: one period and one group of a grouping; those that are unknown are a group too, with neither key nor
-- label. Weeks begin on Monday. Exact, without the generations that carry no user; a count of distinct users can
-- not be summed.

SELECT
    {release_key:Int32} AS release_key,
    {grain:String} AS grain,
    period_start,
    `grouping`,
    entity_key,
    label,
    count() AS users
FROM
(
    -- One row per user and cell, not one set of users per cell (uniqExact): rows that do not fit into memory
    -- go to disk, while a set has to fit as a whole.
    SELECT period_start, `grouping`, entity_key, label, user
    FROM
    (
        SELECT
            uses.period_start AS period_start,
            uses.user AS user,
            arrayJoin([
                ('ALL', NULL, NULL),
                ('MODEL', model_names.model_key, NULL),
                ('AUTHOR', model_names.author_key, NULL),
                ('SOURCE_GROUP', NULL, toString(model_names.source_group)),
                ('COUNTRY', NULL, toString(uses.country)),
                ('CONTINENT', NULL, toString(country_names.continent))
            ]) AS cell,
            cell.1 AS `grouping`,
            cell.2 AS entity_key,
            cell.3 AS label
        FROM
        (
            SELECT toDate(dateTrunc({grain:String}, created_at)) AS period_start, model, country, user
            FROM generations
            WHERE dataset = {dataset:String} AND user IS NOT NULL
            GROUP BY period_start, model, country, user
        ) AS uses
        INNER JOIN model_names ON model_names.raw = uses.model
        LEFT JOIN country_names ON country_names.raw = uses.country
    )
    GROUP BY period_start, `grouping`, entity_key, label, user
)
GROUP BY period_start, `grouping`, entity_key, label
