-- CreateTable
CREATE TABLE "datasets" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "licence_url" TEXT,
    "citation" TEXT NOT NULL,
    "homepage" TEXT,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,
    "minimum_users" INTEGER,

    CONSTRAINT "datasets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "releases" (
    "key" SERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "period_from" DATE NOT NULL,
    "period_to" DATE NOT NULL,
    "licence" TEXT NOT NULL,
    "citation" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "catalog_version" TEXT NOT NULL,
    "rows_read" BIGINT NOT NULL,
    "rows_quarantined" BIGINT NOT NULL,
    "total_tokens" BIGINT NOT NULL,
    "coverage" JSONB NOT NULL,
    "sampling" JSONB,
    "withheld" JSONB,

    CONSTRAINT "releases_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "release_rollups" (
    "release_key" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "table_name" TEXT NOT NULL,
    "rows" BIGINT NOT NULL,
    "duration_ms" INTEGER NOT NULL,

    CONSTRAINT "release_rollups_pkey" PRIMARY KEY ("release_key","name")
);

-- CreateTable
CREATE TABLE "models" (
    "release_key" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "author_key" INTEGER,
    "source" TEXT,
    "origin" TEXT,
    "source_group" TEXT,
    "size_class" TEXT,
    "parameters_billions" DOUBLE PRECISION,
    "active_parameters_billions" DOUBLE PRECISION,
    "reasoning" BOOLEAN,
    "tools" BOOLEAN,
    "context_tokens" INTEGER,
    "release_date" DATE,
    "input_price_usd" DECIMAL,
    "output_price_usd" DECIMAL,
    "cached_input_price_usd" DECIMAL,
    "price_as_of" DATE,
    "labelled" BOOLEAN NOT NULL,
    "total_tokens" BIGINT,

    CONSTRAINT "models_pkey" PRIMARY KEY ("release_key","key")
);

-- CreateTable
CREATE TABLE "authors" (
    "release_key" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origin" TEXT,
    "country" CHAR(2),
    "homepage" TEXT,
    "total_tokens" BIGINT,

    CONSTRAINT "authors_pkey" PRIMARY KEY ("release_key","key")
);

-- CreateTable
CREATE TABLE "providers" (
    "release_key" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country" CHAR(2),
    "total_tokens" BIGINT,

    CONSTRAINT "providers_pkey" PRIMARY KEY ("release_key","key")
);

-- CreateTable
CREATE TABLE "categories" (
    "release_key" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("release_key","key")
);

-- CreateTable
CREATE TABLE "tags" (
    "release_key" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category_key" INTEGER NOT NULL,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("release_key","key")
);

-- CreateTable
CREATE TABLE "countries" (
    "release_key" INTEGER NOT NULL,
    "code" CHAR(2) NOT NULL,
    "name" TEXT NOT NULL,
    "continent" CHAR(2),

    CONSTRAINT "countries_pkey" PRIMARY KEY ("release_key","code")
);

-- CreateTable
CREATE TABLE "usage_day_model_provider" (
    "release_key" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "grain" TEXT NOT NULL DEFAULT 'DAY',
    "level" TEXT NOT NULL DEFAULT 'BOTH',
    "model_key" INTEGER,
    "provider_key" INTEGER,
    "requests" BIGINT,
    "prompt_tokens" BIGINT,
    "completion_tokens" BIGINT,
    "reasoning_tokens" BIGINT,
    "cached_tokens" BIGINT,
    "total_tokens" BIGINT NOT NULL,
    "spend_usd" DECIMAL,
    "billed_tokens" BIGINT,
    "billed_spend_usd" DECIMAL,
    "tool_call_requests" BIGINT,
    "tool_call_tokens" BIGINT,
    "tools_offered_requests" BIGINT,
    "streamed_requests" BIGINT,
    "cancelled_requests" BIGINT,
    "byok_requests" BIGINT,
    "byok_tokens" BIGINT
);

-- CreateTable
CREATE TABLE "usage_day_model_country" (
    "release_key" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "grain" TEXT NOT NULL DEFAULT 'DAY',
    "level" TEXT NOT NULL DEFAULT 'BOTH',
    "model_key" INTEGER,
    "country" CHAR(2),
    "requests" BIGINT,
    "prompt_tokens" BIGINT,
    "completion_tokens" BIGINT,
    "reasoning_tokens" BIGINT,
    "cached_tokens" BIGINT,
    "total_tokens" BIGINT NOT NULL,
    "spend_usd" DECIMAL,
    "billed_tokens" BIGINT,
    "billed_spend_usd" DECIMAL,
    "tool_call_requests" BIGINT,
    "tool_call_tokens" BIGINT,
    "tools_offered_requests" BIGINT,
    "streamed_requests" BIGINT,
    "cancelled_requests" BIGINT,
    "byok_requests" BIGINT,
    "byok_tokens" BIGINT
);

-- CreateTable
CREATE TABLE "usage_day_model_language" (
    "release_key" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "grain" TEXT NOT NULL DEFAULT 'DAY',
    "level" TEXT NOT NULL DEFAULT 'BOTH',
    "model_key" INTEGER,
    "language" TEXT,
    "requests" BIGINT,
    "prompt_tokens" BIGINT,
    "completion_tokens" BIGINT,
    "reasoning_tokens" BIGINT,
    "cached_tokens" BIGINT,
    "total_tokens" BIGINT NOT NULL,
    "spend_usd" DECIMAL,
    "billed_tokens" BIGINT,
    "billed_spend_usd" DECIMAL,
    "tool_call_requests" BIGINT,
    "tool_call_tokens" BIGINT,
    "tools_offered_requests" BIGINT,
    "streamed_requests" BIGINT,
    "cancelled_requests" BIGINT,
    "byok_requests" BIGINT,
    "byok_tokens" BIGINT
);

-- CreateTable
CREATE TABLE "usage_day_model_category" (
    "release_key" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "grain" TEXT NOT NULL DEFAULT 'DAY',
    "level" TEXT NOT NULL DEFAULT 'BOTH',
    "model_key" INTEGER,
    "category_key" INTEGER,
    "weighting" TEXT NOT NULL,
    "requests" DECIMAL,
    "prompt_tokens" DECIMAL,
    "completion_tokens" DECIMAL,
    "reasoning_tokens" DECIMAL,
    "cached_tokens" DECIMAL,
    "total_tokens" DECIMAL NOT NULL,
    "spend_usd" DECIMAL,
    "billed_tokens" DECIMAL,
    "billed_spend_usd" DECIMAL,
    "tool_call_requests" DECIMAL,
    "tool_call_tokens" DECIMAL,
    "tools_offered_requests" DECIMAL,
    "streamed_requests" DECIMAL,
    "cancelled_requests" DECIMAL,
    "byok_requests" DECIMAL,
    "byok_tokens" DECIMAL,
    "requests_squares" DOUBLE PRECISION,
    "prompt_tokens_squares" DOUBLE PRECISION,
    "completion_tokens_squares" DOUBLE PRECISION,
    "total_tokens_squares" DOUBLE PRECISION,
    "spend_usd_squares" DOUBLE PRECISION
);

-- CreateTable
CREATE TABLE "usage_day_model_tag" (
    "release_key" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "grain" TEXT NOT NULL DEFAULT 'DAY',
    "level" TEXT NOT NULL DEFAULT 'BOTH',
    "model_key" INTEGER,
    "tag_key" INTEGER,
    "weighting" TEXT NOT NULL,
    "requests" DECIMAL,
    "prompt_tokens" DECIMAL,
    "completion_tokens" DECIMAL,
    "reasoning_tokens" DECIMAL,
    "cached_tokens" DECIMAL,
    "total_tokens" DECIMAL NOT NULL,
    "spend_usd" DECIMAL,
    "billed_tokens" DECIMAL,
    "billed_spend_usd" DECIMAL,
    "tool_call_requests" DECIMAL,
    "tool_call_tokens" DECIMAL,
    "tools_offered_requests" DECIMAL,
    "streamed_requests" DECIMAL,
    "cancelled_requests" DECIMAL,
    "byok_requests" DECIMAL,
    "byok_tokens" DECIMAL,
    "requests_squares" DOUBLE PRECISION,
    "prompt_tokens_squares" DOUBLE PRECISION,
    "completion_tokens_squares" DOUBLE PRECISION,
    "total_tokens_squares" DOUBLE PRECISION,
    "spend_usd_squares" DOUBLE PRECISION
);

-- CreateTable
CREATE TABLE "active_users" (
    "release_key" INTEGER NOT NULL,
    "grain" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "grouping" TEXT NOT NULL,
    "entity_key" INTEGER,
    "label" TEXT,
    "users" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "histogram_day_model" (
    "release_key" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "model_key" INTEGER,
    "kind" TEXT NOT NULL,
    "buckets" SMALLINT[],
    "requests" BIGINT[]
);

-- CreateIndex
CREATE UNIQUE INDEX "releases_id_key" ON "releases"("id");

-- CreateIndex
CREATE INDEX "releases_dataset_id_key_idx" ON "releases"("dataset_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "models_release_key_id_key" ON "models"("release_key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "authors_release_key_id_key" ON "authors"("release_key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "providers_release_key_id_key" ON "providers"("release_key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "categories_release_key_id_key" ON "categories"("release_key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tags_release_key_id_key" ON "tags"("release_key", "id");

-- CreateIndex
CREATE INDEX "usage_day_model_provider_release_key_level_grain_day_idx" ON "usage_day_model_provider"("release_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_provider_release_key_model_key_level_grain__idx" ON "usage_day_model_provider"("release_key", "model_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_country_release_key_level_grain_day_idx" ON "usage_day_model_country"("release_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_country_release_key_model_key_level_grain_d_idx" ON "usage_day_model_country"("release_key", "model_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_language_release_key_level_grain_day_idx" ON "usage_day_model_language"("release_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_language_release_key_model_key_level_grain__idx" ON "usage_day_model_language"("release_key", "model_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_category_release_key_level_grain_day_idx" ON "usage_day_model_category"("release_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_category_release_key_category_key_level_gra_idx" ON "usage_day_model_category"("release_key", "category_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_tag_release_key_level_grain_day_idx" ON "usage_day_model_tag"("release_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_tag_release_key_tag_key_level_grain_day_idx" ON "usage_day_model_tag"("release_key", "tag_key", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "active_users_release_key_grain_grouping_period_start_idx" ON "active_users"("release_key", "grain", "grouping", "period_start");

-- CreateIndex
CREATE INDEX "histogram_day_model_release_key_kind_day_model_key_idx" ON "histogram_day_model"("release_key", "kind", "day", "model_key");

-- AddForeignKey
ALTER TABLE "releases" ADD CONSTRAINT "releases_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_rollups" ADD CONSTRAINT "release_rollups_release_key_fkey" FOREIGN KEY ("release_key") REFERENCES "releases"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "models" ADD CONSTRAINT "models_release_key_fkey" FOREIGN KEY ("release_key") REFERENCES "releases"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authors" ADD CONSTRAINT "authors_release_key_fkey" FOREIGN KEY ("release_key") REFERENCES "releases"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "providers" ADD CONSTRAINT "providers_release_key_fkey" FOREIGN KEY ("release_key") REFERENCES "releases"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_release_key_fkey" FOREIGN KEY ("release_key") REFERENCES "releases"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tags" ADD CONSTRAINT "tags_release_key_fkey" FOREIGN KEY ("release_key") REFERENCES "releases"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "countries" ADD CONSTRAINT "countries_release_key_fkey" FOREIGN KEY ("release_key") REFERENCES "releases"("key") ON DELETE CASCADE ON UPDATE CASCADE;
