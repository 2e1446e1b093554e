-- AlterTable
ALTER TABLE "datasets" ADD COLUMN     "next_update" DATE;

-- CreateTable
CREATE TABLE "pruned_releases" (
    "id" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "period_to" DATE NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "pruned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pruned_releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "permanent_documents" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "permanent_documents_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "pruned_releases_dataset_id_period_to_idx" ON "pruned_releases"("dataset_id", "period_to");

-- AddForeignKey
ALTER TABLE "pruned_releases" ADD CONSTRAINT "pruned_releases_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
