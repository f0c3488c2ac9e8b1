-- CreateTable
CREATE TABLE "LoginUse" (
    "labId" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "firstAt" BIGINT NOT NULL,
    "lastAt" BIGINT NOT NULL,

    PRIMARY KEY ("labId", "recordId", "token", "ip", "device"),
    CONSTRAINT "LoginUse_labId_fkey" FOREIGN KEY ("labId") REFERENCES "Lab" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "LoginUse_lastAt_idx" ON "LoginUse"("lastAt");
