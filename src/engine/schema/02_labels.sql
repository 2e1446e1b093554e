-- Content labels of generations. They come in files of their own, before or after the generations, so a generation
-- carries its key, by which its labels find it. (Those stored by an earlier version have key 0, which no label has.)

ALTER TABLE stored_generations ADD COLUMN IF NOT EXISTS key UInt128 CODEC(NONE) AFTER load_id;

CREATE OR REPLACE VIEW generations AS
SELECT * FROM stored_generations WHERE load_id IN (SELECT load_id FROM loads);

-- A load of labels has no days; rows may be left out by a rule of counting.
ALTER TABLE loads MODIFY COLUMN first_day Nullable(Date);
ALTER TABLE loads MODIFY COLUMN last_day Nullable(Date);
ALTER TABLE loads ADD COLUMN IF NOT EXISTS dropped UInt64;

CREATE TABLE IF NOT EXISTS stored_labels
(
    dataset LowCardinality(String),
    load_id UInt32,
    generation_key UInt128,
    -- A path or a tag, as written.
    label LowCardinality(String),
    confidence Float32,
    classifier LowCardinality(Nullable(String)),
    version LowCardinality(Nullable(String)),
    INDEX load_id load_id TYPE minmax
)
ENGINE = MergeTree
PARTITION BY dataset
ORDER BY (dataset, generation_key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS labels AS
SELECT * FROM stored_labels WHERE load_id IN (SELECT load_id FROM loads);

CREATE TABLE IF NOT EXISTS staged_labels
(
    row UInt64,
    line UInt64,
    distinct_repeats Bool,
    key_hex String EPHEMERAL,
    key UInt128 DEFAULT reinterpretAsUInt128(unhex(key_hex)),
    content_hash_hex String EPHEMERAL,
    content_hash UInt128 DEFAULT reinterpretAsUInt128(unhex(content_hash_hex)),
    generation_key_hex String EPHEMERAL,
    generation_key UInt128 DEFAULT reinterpretAsUInt128(unhex(generation_key_hex)),
    label LowCardinality(String),
    confidence Float32,
    classifier LowCardinality(Nullable(String)),
    version LowCardinality(Nullable(String))
)
ENGINE = MergeTree
ORDER BY (key, row);

-- What labels stand for while a release is being made, and whose labels count: in memory, as the names of models.
-- An unmapped label has no keys. Of a generation the labels of the highest rank count.
CREATE TABLE IF NOT EXISTS label_names
(
    raw String,
    tag_key Nullable(Int32),
    category_key Nullable(Int32)
)
ENGINE = Memory;

CREATE TABLE IF NOT EXISTS label_versions (classifier String, version String, rank UInt32) ENGINE = Memory;

-- Each labelled generation once, with its different tags and their categories: none where all its labels are
-- unmapped. The generation need not be loaded.
CREATE VIEW IF NOT EXISTS labelled_generations AS
SELECT
    dataset,
    generation_key,
    max(rank_of_labels) AS rank,
    argMax(tags_of_rank, rank_of_labels) AS tags
FROM
(
    SELECT
        labels.dataset AS dataset,
        labels.generation_key AS generation_key,
        label_versions.rank AS rank_of_labels,
        groupUniqArrayIf(
            (assumeNotNull(label_names.tag_key), assumeNotNull(label_names.category_key)),
            label_names.tag_key IS NOT NULL
        ) AS tags_of_rank
    FROM labels
    INNER JOIN label_names ON label_names.raw = labels.label
    INNER JOIN label_versions
        ON label_versions.classifier = ifNull(labels.classifier, '')
        AND label_versions.version = ifNull(labels.version, '')
    GROUP BY dataset, generation_key, rank_of_labels
)
GROUP BY dataset, generation_key;

-- The labelled generations of the release that is being made, drawn once for all that is counted of them, and
-- emptied when it is done. Keys are those of the release, 0 where there is none; each of a generation's tags has
-- its category at the same place.
CREATE TABLE IF NOT EXISTS label_sample
(
    dataset LowCardinality(String),
    day Date,
    model_key Int32,
    user Nullable(UInt128),
    prompt_tokens UInt64,
    completion_tokens UInt64,
    reasoning_tokens Nullable(UInt64),
    cached_tokens Nullable(UInt64),
    spend_usd Nullable(Decimal(18, 12)),
    byok Nullable(Bool),
    streamed Nullable(Bool),
    cancelled Nullable(Bool),
    tool_called Nullable(Bool),
    tools_offered Nullable(Bool),
    tag_keys Array(Int32),
    tag_category_keys Array(Int32),
    category_keys Array(Int32)
)
ENGINE = MergeTree
ORDER BY (dataset, day, model_key);

-- As what its models, categories and tags are published, where some stand for too few users: by the keys that the
-- level above is published under.
CREATE TABLE IF NOT EXISTS sampled_models
(
    day Date,
    model_key Int32,
    published_key Int32,
    is_left_out Bool
)
ENGINE = Memory;

CREATE TABLE IF NOT EXISTS sampled_categories
(
    day Date,
    model_key Int32,
    category_key Int32,
    published_key Int32
)
ENGINE = Memory;

CREATE TABLE IF NOT EXISTS sampled_tags
(
    day Date,
    model_key Int32,
    category_key Int32,
    tag_key Int32,
    published_key Int32
)
ENGINE = Memory;
