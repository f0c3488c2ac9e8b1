-- AlterTable
ALTER TABLE "Lab" ADD COLUMN "lifetimes" TEXT NOT NULL DEFAULT 'standard';
