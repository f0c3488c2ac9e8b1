-- An event's id counts within its lab. Events of before are counted anew, in their order.
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_AuthEvent" (
    "labId" TEXT NOT NULL,
    "id" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "userId" TEXT,
    "recordId" TEXT,
    "flow" TEXT,
    "variant" TEXT,
    "detail" TEXT,
    "ip" TEXT,
    "device" TEXT,

    PRIMARY KEY ("labId", "id"),
    CONSTRAINT "AuthEvent_labId_fkey" FOREIGN KEY ("labId") REFERENCES "Lab" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_AuthEvent" ("labId", "id", "at", "type", "userId", "recordId", "flow", "variant", "detail", "ip", "device")
SELECT "labId", ROW_NUMBER() OVER (PARTITION BY "labId" ORDER BY "id"), "at", "type", "userId", "recordId", "flow", "variant", "detail", "ip", "device"
FROM "AuthEvent";
DROP TABLE "AuthEvent";
ALTER TABLE "new_AuthEvent" RENAME TO "AuthEvent";
CREATE INDEX "AuthEvent_labId_userId_id_idx" ON "AuthEvent"("labId", "userId", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
