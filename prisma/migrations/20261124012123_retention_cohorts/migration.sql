-- CreateTable
CREATE TABLE "retention_cohorts" (
    "release_key" INTEGER NOT NULL,
    "grouping" TEXT NOT NULL,
    "entity_key" INTEGER,
    "grain" TEXT NOT NULL,
    "cohort_start" DATE NOT NULL,
    "users" INTEGER[],
    "stayed" INTEGER[]
);

-- CreateIndex
CREATE INDEX "retention_cohorts_release_key_grain_grouping_entity_key_coh_idx" ON "retention_cohorts"("release_key", "grain", "grouping", "entity_key", "cohort_start");
