-- AlterTable
ALTER TABLE "LoginRecord" ADD COLUMN "elevatedUntil" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "RefreshFamily" ADD COLUMN "elevatedUntil" BIGINT NOT NULL DEFAULT 0;

-- Logins from before are elevated as long as they were: for five minutes after their password was given.
UPDATE "LoginRecord" SET "elevatedUntil" = "authenticatedAt" + 300000;
UPDATE "RefreshFamily" SET "elevatedUntil" = "authenticatedAt" + 300000;
