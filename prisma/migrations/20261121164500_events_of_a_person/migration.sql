-- CreateIndex
CREATE INDEX "AuthEvent_labId_userId_id_idx" ON "AuthEvent"("labId", "userId", "id");
