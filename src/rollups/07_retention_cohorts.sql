-- name: retention_cohorts
-- version: 1
-- source: active_days
-- target: retention_cohorts
-- keys: release_key, grouping, entity_key, grain, cohort_start
-- distinct: users, stayed
-- withhold: cohorts
--
-- Grain: the users whose first use of a subject (a model, an author's models, the whole data set) fell into one
-- period: a cohort. Periods are UTC days, weeks from Monday and months. `users` has one count for each age: how many
-- of the cohort used the subject that many periods after the first, 0 to 63, without the zeros at its end. `stayed`
-- counts, of these, the users of the age before, and begins with 0. Later ages are not counted. Both leave as the text
-- of a PostgreSQL array. Exact, without the generations that carry no user; models without a key have no cohorts.
--
-- One pass over the events: the days of each subject and user give, for each grain, the first period and a bit set of
-- ages. Ages are spread out only after users of equal bit sets have been counted.

WITH
    assumeNotNull((SELECT min(day) FROM active_days WHERE dataset = {dataset:String})) AS first_day,
    toRelativeMonthNum(first_day) AS first_month,
    toMonday(first_day) AS first_monday
SELECT
    {release_key:Int32} AS release_key,
    `grouping`,
    entity_key,
    grain,
    multiIf(
        grain = 'DAY', first_day + cohort,
        grain = 'WEEK', first_monday + 7 * cohort,
        addMonths(toStartOfMonth(first_day), cohort)
    ) AS cohort_start,
    concat('{', arrayStringConcat(users_by_age, ','), '}') AS users,
    concat('{', arrayStringConcat(stayed_by_age, ','), '}') AS stayed
FROM
(
    WITH range(toUInt8(bitPositionsToArray(ages)[-1] + 1)) AS age
    SELECT
        grain,
        `grouping`,
        entity_key,
        cohort,
        sumForEach(arrayMap(each -> bitTest(ages, each) * same_users, age)) AS users_by_age,
        sumForEach(arrayMap(each -> bitTest(bitAnd(ages, bitShiftLeft(ages, 1)), each) * same_users, age)) AS stayed_by_age
    FROM
    (
        SELECT
            grain,
            `grouping`,
            entity_key,
            periods[1] AS cohort,
            arraySum(
                period -> bitShiftLeft(toUInt64(1), period - cohort),
                arrayFilter(period -> period - cohort < 64, periods)
            ) AS ages,
            count() AS same_users
        FROM
        (
            SELECT
                `grouping`,
                entity_key,
                arrayMap(day -> toUInt32(day), arraySort(days_used)) AS days,
                arrayJoin([
                    ('DAY', days),
                    ('WEEK', arrayDistinct(arrayMap(day -> toUInt32(intDiv(first_day + day - first_monday, 7)), days))),
                    ('MONTH', arrayDistinct(arrayMap(day -> toUInt32(toRelativeMonthNum(first_day + day) - first_month), days)))
                ]) AS of_grain,
                of_grain.1 AS grain,
                of_grain.2 AS periods
            FROM
            (
                SELECT
                    subject.1 AS `grouping`,
                    subject.2 AS entity_key,
                    user,
                    groupUniqArray(day_number) AS days_used
                FROM
                (
                    SELECT
                        toUInt16(active_days.day - first_day) AS day_number,
                        active_days.user AS user,
                        arrayJoin([
                            ('ALL', NULL),
                            ('MODEL', model_names.model_key),
                            ('AUTHOR', model_names.author_key)
                        ]) AS subject
                    FROM active_days
                    INNER JOIN model_names ON model_names.raw = active_days.model
                    WHERE active_days.dataset = {dataset:String}
                )
                WHERE `grouping` = 'ALL' OR entity_key IS NOT NULL
                GROUP BY `grouping`, entity_key, user
            )
        )
        GROUP BY grain, `grouping`, entity_key, cohort, ages
    )
    GROUP BY grain, `grouping`, entity_key, cohort
)
