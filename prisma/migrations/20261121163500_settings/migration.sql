-- AlterTable
ALTER TABLE "Lab" ADD COLUMN "settings" TEXT NOT NULL DEFAULT '{}';

-- A lab that chose other lifetimes keeps them.
UPDATE "Lab" SET "settings" = json_object('lifetimes', "lifetimes") WHERE "lifetimes" <> 'standard';

-- AlterTable
ALTER TABLE "Lab" DROP COLUMN "lifetimes";
