-- AlterTable
ALTER TABLE "usage_day_model_category" ADD COLUMN     "estimated_spend_usd" DECIMAL,
ADD COLUMN     "estimated_tokens" DECIMAL,
ADD COLUMN     "free_billed_spend_usd" DECIMAL,
ADD COLUMN     "free_billed_tokens" DECIMAL,
ADD COLUMN     "free_estimated_tokens" DECIMAL,
ADD COLUMN     "free_requests" DECIMAL,
ADD COLUMN     "free_tokens" DECIMAL,
ADD COLUMN     "list_cost_usd" DECIMAL,
ADD COLUMN     "listed_spend_usd" DECIMAL,
ADD COLUMN     "listed_tokens" DECIMAL,
ADD COLUMN     "unsplit_tokens" DECIMAL;

-- AlterTable
ALTER TABLE "usage_day_model_provider" ADD COLUMN     "estimated_spend_usd" DECIMAL,
ADD COLUMN     "estimated_tokens" BIGINT,
ADD COLUMN     "free_billed_spend_usd" DECIMAL,
ADD COLUMN     "free_billed_tokens" BIGINT,
ADD COLUMN     "free_estimated_tokens" BIGINT,
ADD COLUMN     "free_requests" BIGINT,
ADD COLUMN     "free_tokens" BIGINT,
ADD COLUMN     "list_cost_usd" DECIMAL,
ADD COLUMN     "listed_spend_usd" DECIMAL,
ADD COLUMN     "listed_tokens" BIGINT,
ADD COLUMN     "unsplit_tokens" BIGINT;
