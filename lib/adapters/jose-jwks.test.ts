import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { afterAll, expect, test } from "vitest";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab } from "../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const decoded = (part: string | undefined) => JSON.parse(Buffer.from(part ?? "", "base64url").toString());

/** Verifies as another service does: it knows the issuer and none of our code. */
async function verifiedElsewhere(token: string) {
  const { iss } = decoded(token.split(".")[1]);
  const keys = createRemoteJWKSet(new URL(`${iss}/jwks`), {
    [customFetch]: (url, { headers }) => app.dispatch(new Request(url, { headers })),
  });
  return jwtVerify(token, keys, { issuer: iss, audience: "loginscope", typ: "at+jwt" });
}

test.for(["memory-jwt/rotating", "memory-jwt/es256", "memory-jwt/denylist"] as const)(
  "[RFC 7517 5] an access token of %s verifies with the lab's published keys, also after a rotation with overlap",
  async (variant) => {
    const visitor = await enterLab(app);
    await visitor.logIn(variant);
    const token = visitor.accessToken ?? "";
    expect((await verifiedElsewhere(token)).payload).toMatchObject({ preferred_username: "alice", variant });
    await visitor.post("/api/lab/keys/rotate", { overlap: true });
    expect((await verifiedElsewhere(token)).protectedHeader.kid).toMatch(/-1-[0-9a-f]{8}$/);
    await visitor.post("/api/lab/keys/rotate", { overlap: false });
    await expect(verifiedElsewhere(token)).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" });
  },
);

test("a token of memory-jwt/hs256 cannot be verified with published keys", async () => {
  const visitor = await enterLab(app);
  await visitor.logIn("memory-jwt/hs256");
  await expect(verifiedElsewhere(visitor.accessToken ?? "")).rejects.toMatchObject({
    code: expect.stringMatching(/^ERR_/),
  });
});

test.for(["memory-jwt/rotating", "memory-jwt/es256"] as const)(
  "[RFC 8725 3.1] no forgery of %s that the lab hands out gives more with another service that trusts its published keys",
  async (variant) => {
    const visitor = await enterLab(app);
    await visitor.logIn(variant);
    const credential = visitor.accessToken ?? "";
    const { body } = await visitor.post("/api/lab/forgery/made", { flow: "memory-jwt", credential });
    const made = Array.isArray(body["made"]) ? body["made"] : [];
    expect(made.length).toBeGreaterThan(40);
    const issued = decoded(credential.split(".")[1]);
    const keys = createRemoteJWKSet(new URL(`${issued.iss}/jwks`), {
      [customFetch]: (url, { headers }) => app.dispatch(new Request(url, { headers })),
    });
    const expected = { issuer: issued.iss, audience: "loginscope", typ: "at+jwt" };
    expect((await jwtVerify(credential, keys, expected)).payload).toEqual(issued);
    for (const { id, forged } of made) {
      const read = await jwtVerify(forged, keys, expected).catch(() => null);
      if (read === null) continue;
      // Where another service looks at less, it is nobody else, with the same end.
      expect(read.payload.exp, id).toBe(issued.exp);
      for (const name of ["sub", "role", "sid"]) expect([undefined, issued[name]], id).toContain(read.payload[name]);
    }
  },
);
