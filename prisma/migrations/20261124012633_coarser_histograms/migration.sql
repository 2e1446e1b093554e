-- DropIndex
DROP INDEX "histogram_day_model_release_key_kind_day_model_key_idx";

-- AlterTable
ALTER TABLE "histogram_day_model" ADD COLUMN     "grain" TEXT NOT NULL DEFAULT 'DAY',
ADD COLUMN     "level" TEXT NOT NULL DEFAULT 'MODEL';

-- CreateIndex
CREATE INDEX "histogram_day_model_release_key_level_grain_kind_day_idx" ON "histogram_day_model"("release_key", "level", "grain", "kind", "day");

-- CreateIndex
CREATE INDEX "histogram_day_model_release_key_model_key_level_grain_kind__idx" ON "histogram_day_model"("release_key", "model_key", "level", "grain", "kind", "day");

-- Releases from before have histograms of days and models only: the coarser ones are merged from them.
INSERT INTO "histogram_day_model" ("release_key", "grain", "level", "kind", "model_key", "day", "buckets", "requests")
SELECT release_key, grain, level, kind, model_key, day, array_agg(bucket ORDER BY bucket), array_agg(requests ORDER BY bucket)
FROM (
  SELECT
    release_key,
    coarser.grain,
    coarser.level,
    kind,
    CASE coarser.level WHEN 'MODEL' THEN model_key END AS model_key,
    CASE coarser.grain
      WHEN 'DAY' THEN day
      WHEN 'WEEK' THEN date_trunc('week', day)::date
      WHEN 'WEEK_SUNDAY' THEN date_trunc('week', day + 1)::date - 1
      WHEN 'MONTH' THEN date_trunc('month', day)::date
    END AS day,
    cell.bucket,
    sum(cell.requests)::bigint AS requests
  FROM "histogram_day_model" AS histogram
    CROSS JOIN LATERAL unnest(histogram.buckets, histogram.requests) AS cell (bucket, requests)
    CROSS JOIN (
      VALUES ('DAY', 'ALL'), ('WEEK', 'MODEL'), ('WEEK', 'ALL'), ('WEEK_SUNDAY', 'MODEL'), ('WEEK_SUNDAY', 'ALL'),
        ('MONTH', 'MODEL'), ('MONTH', 'ALL')
    ) AS coarser (grain, level)
  GROUP BY 1, 2, 3, 4, 5, 6, 7
) AS merged
GROUP BY 1, 2, 3, 4, 5, 6;
