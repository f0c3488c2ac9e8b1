-- AlterTable
ALTER TABLE "Lab" ADD COLUMN "cookiePlaces" TEXT NOT NULL DEFAULT '[]';
