-- DropIndex
DROP INDEX "usage_day_model_category_release_key_category_key_level_gra_idx";

-- DropIndex
DROP INDEX "usage_day_model_tag_release_key_tag_key_level_grain_day_idx";

-- CreateIndex
CREATE INDEX "usage_day_model_category_release_key_category_key_weighting_idx" ON "usage_day_model_category"("release_key", "category_key", "weighting", "level", "grain", "day");

-- CreateIndex
CREATE INDEX "usage_day_model_tag_release_key_tag_key_weighting_level_gra_idx" ON "usage_day_model_tag"("release_key", "tag_key", "weighting", "level", "grain", "day");
