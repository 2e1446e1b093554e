-- Each model of each day, also those withheld: with some of its users, so that what is withheld can be told to stand
-- for enough of them.

DROP TABLE IF EXISTS model_days;
CREATE TABLE model_days
(
    day Date,
    model_key Nullable(Int32),
    published_key Nullable(Int32),
    -- Its rows are published, but not under its name.
    is_folded Bool,
    -- Its rows are not published at all: the day as a whole stands for too few users.
    is_left_out Bool,
    requests UInt64,
    total_tokens UInt64,
    -- All of them where they are fewer than the minimum.
    some_users Array(UInt128)
)
ENGINE = Memory;
