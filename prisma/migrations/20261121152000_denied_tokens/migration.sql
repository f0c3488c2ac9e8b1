-- CreateTable
CREATE TABLE "DeniedToken" (
    "labId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "jti" TEXT NOT NULL,
    "until" BIGINT NOT NULL,

    PRIMARY KEY ("labId", "flow", "jti"),
    CONSTRAINT "DeniedToken_labId_fkey" FOREIGN KEY ("labId") REFERENCES "Lab" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "DeniedToken_labId_flow_until_idx" ON "DeniedToken"("labId", "flow", "until");
