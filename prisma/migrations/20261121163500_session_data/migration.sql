-- CreateTable
CREATE TABLE "SessionDatum" (
    "labId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("labId", "flow", "recordId", "key"),
    CONSTRAINT "SessionDatum_labId_flow_recordId_fkey" FOREIGN KEY ("labId", "flow", "recordId") REFERENCES "LoginRecord" ("labId", "flow", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- What is kept with a login goes when the login ends, whichever statement ends it.
CREATE TRIGGER "LoginRecord_ended_clears_its_data" AFTER UPDATE OF "endedAt" ON "LoginRecord"
WHEN NEW."endedAt" IS NOT NULL
BEGIN
    DELETE FROM "SessionDatum" WHERE "labId" = NEW."labId" AND "flow" = NEW."flow" AND "recordId" = NEW."id";
END;
