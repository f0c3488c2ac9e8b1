import { afterAll, beforeAll, expect, test } from "vitest";
import type { RefreshFamily, RefreshToken } from "../../core/record.ts";
import { openTemporaryDatabase } from "../../testing/temporary-database.ts";
import { createPrismaRefreshFamilies } from "./prisma-refresh-families.ts";

const { client, close } = await openTemporaryDatabase();
afterAll(close);

const place = { client, labId: "lab", flow: "memory-jwt" };
const families = createPrismaRefreshFamilies(place);

beforeAll(async () => {
  const alice = { id: "alice", username: "alice", displayName: "Alice", role: "user", passwordHash: "hash" };
  await client.lab.create({ data: { id: "lab", salt: "s", enabled: "[]", createdAt: 0n, users: { create: alice } } });
});

const family: RefreshFamily = {
  ...{ id: "family", variant: "memory-jwt/plain", userId: "alice", userVersion: 0, client: "browser" },
  ...{ createdAt: 0, lastSeenAt: 0, authenticatedAt: 0, elevatedUntil: 0, endsAt: 1000, remembered: false },
  ...{ ip: "192.0.2.1", userAgent: "Mozilla/5.0", device: "Firefox on Linux", ended: null },
};
const token = (generation: number): RefreshToken => ({
  ...{ hash: `hash ${generation}`, jti: `jti ${generation}`, familyId: "family" },
  ...{ generation, createdAt: generation, usedAt: null },
});

test("after a crash in the middle of a rotation the token is unused, and a retry succeeds", async () => {
  await families.start(family, token(1));
  // A client that fails between the two statements of a rotation.
  const crashing = client.$extends({
    query: { refreshToken: { updateMany: () => Promise.reject(new Error("the process died")) } },
  });
  const dying = createPrismaRefreshFamilies({ ...place, client: crashing as unknown as typeof client });
  await expect(dying.rotate("hash 1", token(2), 7)).rejects.toThrow("the process died");

  expect(await families.find("hash 1")).toEqual({ token: token(1), family });
  expect(await families.find("hash 2")).toBeNull();
  expect(await families.held(1)).toEqual([{ ...family, tokens: [token(1)] }]);

  expect(await families.rotate("hash 1", token(2), 8)).toBe(true);
  expect((await families.find("hash 2"))?.token).toEqual(token(2));
});
