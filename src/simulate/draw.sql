-- Draws the rows {from} to {from} + {count} of the world. Each value comes from a hash of seed, row and a number of
-- its own, so a row is the same whatever the order, the threads and the chunks in which rows are made.

INSERT INTO simulated_rows
    (row, id, created_at, user_name, model, category, provider, app, country, language, variant, prompt_tokens, completion_tokens,
    reasoning_tokens, cached_tokens, spend_usd, byok, streamed, cancelled, finish_reason, tools_offered, tools_called,
    latency_ms, time_to_first_token_ms, tags, confidences)
WITH
    (purpose -> bitShiftRight(cityHash64({seed:UInt64}, row, purpose), 11) / 9007199254740992.) AS draw,
    (ring_place -> toUInt32(cityHash64({seed:UInt64}, ring_place, 101) % {person_kinds:UInt32})) AS kind_of,
    (ring_place -> cityHash64({seed:UInt64}, ring_place, 102) % 2) AS taste_of,
    drawn AS (
        SELECT
            generated.number AS row,
            days.day AS day,
            days.month AS month,
            days.labelled AS labelled,
            days.acceptance AS acceptance,
            days.week AS week,
            toUInt32(floor(draw(1) * days.slots)) AS slot,
            toUInt32(86400000 * ((row - days.first_row) + draw(2)) / days.rows) AS millisecond
        FROM (SELECT number, toUInt8(1) AS one FROM numbers({from:UInt64}, {count:UInt64})) AS generated
        ASOF INNER JOIN simulated_days AS days ON days.one = generated.one AND days.first_row <= generated.number
    ),
    placed AS (
        SELECT
            drawn.*,
            cells.model AS model_number,
            cells.category AS category,
            cells.prompt_mean AS prompt_mean,
            cells.completion_mean AS completion_mean,
            cells.cost AS cost
        FROM drawn
        INNER JOIN simulated_slots AS slots ON slots.week = drawn.week AND slots.slot = drawn.slot
        INNER JOIN simulated_cells AS cells ON cells.cell = if(draw(3) < slots.threshold, slots.own, slots.other)
    ),
    used AS (
        SELECT
            placed.*,
            models.name AS model,
            models.reasons AS reasons,
            models.tool_calls AS tool_calls,
            draw(4) < models.free AS is_free,
            toUInt16(floor(draw(5) * models.cohorts)) AS cohort
        FROM placed
        INNER JOIN simulated_models AS models
            ON models.month = placed.month AND models.model = placed.model_number
    ),
    -- The second of two users is taken where the first does not suit the week's countries or the category.
    peopled AS (
        SELECT
            used.*,
            draw(6) < cohorts.threshold AS is_own,
            if(is_own, cohorts.own_first, cohorts.other_first) AS first_place,
            if(is_own, cohorts.own_active, cohorts.other_active) AS active,
            (first_place + toUInt64(active * pow(draw(7), {concentration:Float64}))) % {ring:UInt64} AS one_user,
            (first_place + toUInt64(active * pow(draw(8), {concentration:Float64}))) % {ring:UInt64} AS other_user,
            kind_of(one_user) AS one_kind,
            toUInt8(
                1 + (one_kind >= {continent_ends:Array(UInt32)}[1]) + (one_kind >= {continent_ends:Array(UInt32)}[2])
                + (one_kind >= {continent_ends:Array(UInt32)}[3]) + (one_kind >= {continent_ends:Array(UInt32)}[4])
                + (one_kind >= {continent_ends:Array(UInt32)}[5])
            ) AS continent,
            if(
                draw(9) < used.acceptance[continent]
                    * if(taste_of(one_user) = has({technical:Array(UInt8)}, used.category), 1, {other_taste:Float64}),
                one_user,
                other_user
            ) AS user_place
        FROM used
        INNER JOIN simulated_cohorts AS cohorts
            ON cohorts.month = used.month AND cohorts.model = used.model_number AND cohorts.slot = used.cohort
    ),
    measured AS (
        SELECT
            peopled.*,
            -- Lengths are log-normal: of their means, and with the same spread everywhere.
            sqrt(-2 * log(1 - draw(10))) AS radius,
            least(1000000, greatest(1, toUInt64(round(
                prompt_mean * exp({spread:Float64} * radius * cos(2 * pi() * draw(11)) - {spread:Float64} * {spread:Float64} / 2)
            )))) AS prompt,
            least(200000, greatest(1, toUInt64(round(
                completion_mean * exp({spread:Float64} * radius * sin(2 * pi() * draw(11)) - {spread:Float64} * {spread:Float64} / 2)
            )))) AS completion,
            NOT is_free AND draw(12) < 0.04 AS is_byok,
            draw(13) < 0.02 AS is_cancelled,
            NOT is_cancelled AND draw(14) < tool_calls / 0.98 AS is_tool_call,
            draw(15) AS ending,
            toUInt32(150 + 1200 * draw(16) * draw(16)) AS first_token,
            labelled AND draw(17) < {label_share:Float64} AS is_labelled,
            toUInt16(floor(draw(18) * {tag_slots:UInt16})) AS tag_slot,
            -- Few prompts have a second label.
            toUInt16(floor(draw(19) * {tag_slots:UInt16})) AS second_tag_slot,
            toUInt8(floor(draw(20) * {host_slots:UInt8})) AS host_slot
        FROM peopled
    )
SELECT
    measured.row,
    concat('simulated-', toString({seed:UInt64}), '-', toString(measured.row)) AS id,
    addMilliseconds(toDateTime64(measured.day, 3, 'UTC'), measured.millisecond) AS created_at,
    concat('user-', toString({seed:UInt64}), '-', toString(measured.user_place)) AS user_name,
    measured.model,
    measured.category,
    hosts.provider,
    if(draw(21) < 0.3, NULL, concat('app-', toString(1 + cityHash64(measured.user_place, 103) % 12))) AS app,
    people.country,
    people.language,
    if(measured.is_free, 'free', NULL) AS variant,
    measured.prompt AS prompt_tokens,
    measured.completion AS completion_tokens,
    if(measured.reasons, toUInt64(floor(measured.completion * (0.3 + 0.5 * draw(22)))), 0) AS reasoning_tokens,
    if(draw(23) < 0.4, toUInt64(floor(measured.prompt * 0.8 * draw(24))), 0) AS cached_tokens,
    toDecimal64(
        round(if(measured.is_free, 0, if(measured.is_byok, 0.05, 1))
            * measured.cost * (0.8 + 0.4 * draw(25)) * (measured.prompt + measured.completion) / 1000000, 10),
        12
    ) AS spend_usd,
    measured.is_byok,
    draw(26) < 0.7 AS streamed,
    measured.is_cancelled,
    multiIf(
        measured.is_cancelled, NULL,
        measured.is_tool_call, 'tool_calls',
        measured.ending < 0.92, 'stop',
        measured.ending < 0.975, 'length',
        measured.ending < 0.99, 'error',
        'content_filter'
    ) AS finish_reason,
    if(measured.day < {tools_offered_from:Date}, NULL, measured.is_tool_call OR draw(27) < 0.2) AS tools_offered,
    measured.is_tool_call,
    toUInt32(measured.first_token + least(measured.completion * (6 + 14 * draw(28)), 1200000)) AS latency_ms,
    measured.first_token,
    multiIf(
        NOT measured.is_labelled, [],
        draw(29) < 0.04 AND other_tags.tag != own_tags.tag, [own_tags.tag, other_tags.tag],
        [own_tags.tag]
    ) AS label_tags,
    arrayMap(
        place -> if(draw(30 + place) < 0.06, round(0.3 + 0.19 * draw(32 + place), 2), round(1 - 0.5 * draw(34 + place) * draw(34 + place), 2)),
        arrayEnumerate(label_tags)
    ) AS confidences
FROM measured
INNER JOIN simulated_people AS people ON people.kind = kind_of(measured.user_place)
INNER JOIN simulated_hosts AS hosts ON hosts.model = measured.model_number AND hosts.slot = measured.host_slot
INNER JOIN simulated_tags AS own_tags ON own_tags.category = measured.category AND own_tags.slot = measured.tag_slot
INNER JOIN simulated_tags AS other_tags
    ON other_tags.category = measured.category AND other_tags.slot = measured.second_tag_slot
