-- CreateTable
CREATE TABLE "Lab" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "salt" TEXT NOT NULL,
    "clockOffset" BIGINT NOT NULL DEFAULT 0,
    "keyGeneration" INTEGER NOT NULL DEFAULT 1,
    "acceptedKeys" TEXT NOT NULL DEFAULT '[1]',
    "enabled" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "expiresAt" BIGINT
);

-- CreateTable
CREATE TABLE "User" (
    "labId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "passwordHash" TEXT NOT NULL,

    PRIMARY KEY ("labId", "id"),
    CONSTRAINT "User_labId_fkey" FOREIGN KEY ("labId") REFERENCES "Lab" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "UserVersion" (
    "labId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("labId", "userId", "flow"),
    CONSTRAINT "UserVersion_labId_userId_fkey" FOREIGN KEY ("labId", "userId") REFERENCES "User" ("labId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LoginRecord" (
    "labId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "userVersion" INTEGER NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "lastSeenAt" BIGINT NOT NULL,
    "authenticatedAt" BIGINT NOT NULL,
    "endsAt" BIGINT NOT NULL,
    "idleFor" BIGINT NOT NULL,
    "idleEndsAt" BIGINT NOT NULL,
    "remembered" BOOLEAN NOT NULL,
    "ip" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "endedAt" BIGINT,
    "endReason" TEXT,

    PRIMARY KEY ("labId", "flow", "id"),
    CONSTRAINT "LoginRecord_labId_userId_fkey" FOREIGN KEY ("labId", "userId") REFERENCES "User" ("labId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RefreshFamily" (
    "labId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "userVersion" INTEGER NOT NULL,
    "client" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "lastSeenAt" BIGINT NOT NULL,
    "authenticatedAt" BIGINT NOT NULL,
    "endsAt" BIGINT NOT NULL,
    "remembered" BOOLEAN NOT NULL,
    "ip" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "endedAt" BIGINT,
    "endReason" TEXT,

    PRIMARY KEY ("labId", "flow", "id"),
    CONSTRAINT "RefreshFamily_labId_userId_fkey" FOREIGN KEY ("labId", "userId") REFERENCES "User" ("labId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RefreshToken" (
    "labId" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "jti" TEXT NOT NULL,
    "familyId" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "usedAt" BIGINT,
    "replacedBy" TEXT,

    PRIMARY KEY ("labId", "flow", "hash"),
    CONSTRAINT "RefreshToken_labId_flow_familyId_fkey" FOREIGN KEY ("labId", "flow", "familyId") REFERENCES "RefreshFamily" ("labId", "flow", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuthEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "labId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "userId" TEXT,
    "recordId" TEXT,
    "flow" TEXT,
    "variant" TEXT,
    "detail" TEXT,
    "ip" TEXT,
    "device" TEXT,
    CONSTRAINT "AuthEvent_labId_fkey" FOREIGN KEY ("labId") REFERENCES "Lab" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Lab_expiresAt_idx" ON "Lab"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "User_labId_username_key" ON "User"("labId", "username");

-- CreateIndex
CREATE INDEX "LoginRecord_labId_userId_flow_endsAt_idx" ON "LoginRecord"("labId", "userId", "flow", "endsAt");

-- CreateIndex
CREATE INDEX "LoginRecord_labId_flow_createdAt_idx" ON "LoginRecord"("labId", "flow", "createdAt");

-- CreateIndex
CREATE INDEX "LoginRecord_labId_flow_endsAt_idx" ON "LoginRecord"("labId", "flow", "endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "LoginRecord_labId_flow_key_key" ON "LoginRecord"("labId", "flow", "key");

-- CreateIndex
CREATE INDEX "RefreshFamily_labId_userId_flow_endsAt_idx" ON "RefreshFamily"("labId", "userId", "flow", "endsAt");

-- CreateIndex
CREATE INDEX "RefreshFamily_labId_flow_createdAt_idx" ON "RefreshFamily"("labId", "flow", "createdAt");

-- CreateIndex
CREATE INDEX "RefreshFamily_labId_flow_endsAt_idx" ON "RefreshFamily"("labId", "flow", "endsAt");

-- CreateIndex
CREATE INDEX "RefreshToken_labId_flow_familyId_idx" ON "RefreshToken"("labId", "flow", "familyId");

-- CreateIndex
CREATE INDEX "AuthEvent_labId_id_idx" ON "AuthEvent"("labId", "id");
