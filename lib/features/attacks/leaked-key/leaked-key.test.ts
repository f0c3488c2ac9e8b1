import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findVariant, flows } from "../../../flows/registry.ts";
import { leakOf } from "../../../server/labs/leaked-keys.ts";
import { createTestApplication, type TestApplication } from "../../../testing/test-application.ts";
import { cookieParts, stateIn } from "../forgery/cookie-parts.ts";
import { unsealed } from "../forgery/sealed-text.ts";
import { partsOfToken } from "../forgery/token-parts.ts";
import { playCaptured } from "./captured.ts";
import { isUnder, keyUnder, publicKeys } from "./leaked-keys.ts";
import { linesOfRecords } from "./lines.ts";
import type { PlayedRotation, PlayedService, PlayedVariant } from "./model.ts";
import { playVariant } from "./play-variants.ts";
import { type Recipe, recipeOf } from "./recipe.ts";
import { playRotation } from "./rotation.ts";
import { type LeakStage, openScratchLab, type Part, type ScratchLab } from "./scratch-lab.ts";
import { cookieFor } from "./script.ts";
import { partsOfServices, playService } from "./services.ts";
import { written } from "./write-credential.ts";

let app: TestApplication;
let place: LeakStage;
let lab: ScratchLab;
const parts: readonly Part[] = flows.flatMap(({ manifest }) =>
  manifest.variants.map((variant) => ({ manifest, variant })),
);
const onKeys = parts.flatMap((part) => {
  const key = keyUnder(part.variant);
  return key === null ? [] : [{ ...part, key, id: part.variant.id }];
});

beforeAll(async () => {
  app = await createTestApplication();
  place = { stage: app.stage, leakOf: leakOf(app), lines: linesOfRecords(), parts };
  lab = await openScratchLab(place);
});
afterAll(() => app.dispose());

function partOf(id: string): Part {
  const part = parts.find(({ variant }) => variant.id === id);
  if (!part) throw new Error(`There is no variant ${id}`);
  return part;
}

describe("with the key that it stands on, a credential that nobody issued", () => {
  const played = new Map<string, PlayedVariant | null>();
  beforeAll(async () => {
    for (const part of onKeys) {
      played.set(part.id, await playVariant({ ...place, lab }, part, { key: part.key, as: "admin" }));
    }
  });

  test.for(onKeys)("of $id is answered as the variant claims, and is refused under any other key", ({ id }) => {
    const found = played.get(id);
    expect(found).toMatchObject({ withoutKey: "INVALID_CREDENTIAL", asExpected: true });
  });

  test("is believed as an admin's by every variant that looks up no record, for as long as a login's would be", () => {
    const believed = [...played.values()].filter((each) => each?.reads.code === null && each.forgedAs === "browser");
    expect(believed.length).toBe(14);
    for (const each of believed) {
      const { settings } = findVariant(each?.variant ?? "a/b") ?? partOf("cookie/sealed").variant;
      const life = settings.encoding ? settings.lifetimes.idle : settings.lifetimes.access;
      expect(each?.reads, each?.variant).toMatchObject({
        as: { username: "admin", role: "admin" },
        seconds: life / 1000,
      });
    }
  });

  test.for(["hybrid/allowlist", "hybrid/bearer-or-session", "server-session/signed-id"] as const)(
    "of %s is refused by the record that it does not have",
    (id) => {
      expect(played.get(id)?.reads).toMatchObject({
        code: "INVALID_CREDENTIAL",
        at: "look-up",
        line: {
          file: "lib/core/login-record.ts",
          text: 'if (!record) return refuse("INVALID_CREDENTIAL", "look-up");',
        },
      });
    },
  );

  test("moves coins where the server keeps no record of logins, and nowhere else", () => {
    const moved = [...played.values()].filter((each) => each?.acts?.code === null).map((each) => each?.variant);
    expect(moved).toEqual(["cookie/signed", "cookie/sealed", "cookie/sealed-versioned"]);
    expect(played.get("memory-jwt/rotating")?.acts).toMatchObject({
      code: "REVOKED",
      line: { file: "lib/core/login-list.ts" },
    });
  });

  test("of the gateway is believed by the service behind it", () => {
    expect(played.get("hybrid/gateway")).toMatchObject({
      forgedAs: "service",
      reads: { status: 200, code: null, as: { username: "admin" } },
    });
  });

  test("has a line, where it is refused and where it is believed", () => {
    for (const each of played.values()) {
      for (const answer of [each?.reads, each?.acts, each?.twice]) {
        if (answer) expect(answer.line, `${each?.variant} ${answer.code} at ${answer.at}`).not.toBeNull();
      }
    }
  });

  test("that says its role twice is refused in a token at the edge, and in a signed cookie by the reader of JSON", () => {
    for (const each of played.values()) {
      if (each?.variant === "cookie/signed")
        expect(each.twice).toMatchObject({ code: "INVALID_CREDENTIAL", at: "parse" });
      else if (each?.twice && !each.variant.startsWith("cookie/")) {
        expect(each.twice, each.variant).toMatchObject({ code: "INVALID_CREDENTIAL", at: "lab" });
      }
    }
    expect(played.get("memory-jwt/rotating")?.twice).not.toBeNull();
  });

  test("that says its role twice under a seal counts by its last one: the seal's own library reads it", () => {
    expect(played.get("cookie/sealed")?.twice).toMatchObject({ code: null, as: { role: "admin" } });
  });
});

test("a person's version is no record: whoever has the key writes today's", async () => {
  const part = partOf("memory-jwt/user-version");
  const theft = { key: "EdDSA", as: "alice" };
  const alice = await lab.logIn(part, "alice");
  expect((await alice?.send("POST", "/api/memory-jwt/revoke", { scope: "all" }))?.status).toBe(200);
  expect(await lab.person(part, "alice")).toMatchObject({ version: 1 });
  expect((await playVariant({ ...place, lab }, part, theft))?.reads).toMatchObject({ code: null });
});

test("with the published keys nobody forges anything", async () => {
  const tried = ["memory-jwt/rotating", "memory-jwt/es256", "hybrid/bearer-or-session", "hybrid/gateway"];
  for (const part of tried.map(partOf)) {
    expect(isUnder(publicKeys, part.variant)).toBe(true);
    const played = await playVariant({ ...place, lab }, part, { key: publicKeys, as: "admin" });
    expect(played, part.variant.id).toMatchObject({
      reads: { code: "INVALID_CREDENTIAL", at: "algorithm" },
      asExpected: true,
    });
  }
});

describe("another service that verifies the same tokens", () => {
  const played: (PlayedService | null)[] = [];
  beforeAll(async () => {
    for (const part of partsOfServices(parts)) {
      played.push(await playService({ ...place, lab }, part, { key: "EdDSA", as: "admin" }));
    }
  });

  test("verifies under each algorithm with what it was given", () => {
    expect(played.map((each) => [each?.variant, each?.holds, each?.verifies])).toEqual([
      ["memory-jwt/rotating", "public-key", true],
      ["memory-jwt/es256", "public-key", true],
      ["memory-jwt/hs256", "secret", true],
    ]);
  });

  test("forges with the secret of an HMAC, and not with a public key", () => {
    expect(played.map((each) => each?.forged.code)).toEqual(["INVALID_CREDENTIAL", "INVALID_CREDENTIAL", null]);
    expect(played[2]?.forged.as).toEqual({ username: "admin", role: "admin" });
  });
});

describe.for([
  { id: "cookie/sealed", key: "cookie/sealed", step: "seal" },
  { id: "memory-jwt/rotating", key: "EdDSA", step: "key" },
] as const)("a rotation of the key of $id", ({ id, key, step }) => {
  let played: PlayedRotation;
  beforeAll(async () => {
    played = await playRotation(place, partOf(id), { key, as: "admin" });
  });

  test("[ASVS 13.3.4] with overlap leaves the thief in, with credentials that he writes after it, until the overlap ends", () => {
    expect(played.overlap.map(({ thief, honest }) => [thief.code, honest.in])).toEqual([
      [null, 2],
      [null, 2],
      [null, 2],
      ["INVALID_CREDENTIAL", 2],
    ]);
    expect(played.overlap[2]?.seconds).toBeGreaterThan(28 * 86_400);
    expect(played.overlap[3]?.thief.at).toBe(step);
  });

  test("without overlap puts the thief out at once, and everybody else with him", () => {
    expect(played.cut.map(({ thief, honest }) => [thief.code, honest.in, honest.code])).toEqual([
      [null, 2, null],
      ["INVALID_CREDENTIAL", 0, "INVALID_CREDENTIAL"],
      ["INVALID_CREDENTIAL", 2, null],
    ]);
  });
});

test("a sealing key opens a cookie that is over, and a signed cookie is read without a key", async () => {
  const captured = await playCaptured(place, "cookie/sealed");
  expect(captured.map(({ variant, needs, code }) => [variant, needs, code])).toEqual([
    ["cookie/sealed", "sealing-key", "INVALID_CREDENTIAL"],
    ["cookie/signed", "no-key", "INVALID_CREDENTIAL"],
  ]);
  for (const { content } of captured) expect(content).toContain("someone@example.com");
  expect(await playCaptured(place, "EdDSA")).toEqual([]);
});

test.for([
  ...(["cookie/signed", "cookie/sealed", "server-session/signed-id", "memory-jwt/rotating"] as const),
  ...(["hybrid/allowlist", "hybrid/short-jwt", "hybrid/bearer-or-session"] as const),
])(
  "a forged credential of %s has the members of a real one in the same order, with the same values but for ids and times",
  async (id) => {
    const part = partOf(id);
    const device = await lab.logIn(part, "alice");
    const cookie = cookieFor(part.variant);
    const real = cookie === null ? device?.accessToken : decodeURIComponent(device?.cookies.get(cookie) ?? "");
    const person = await lab.person(part, "alice");
    if (!person || !real) throw new Error(`alice has no login of ${id}`);
    const key = keyUnder(part.variant) ?? "";
    const made = recipeOf({ leak: await lab.leak(), variant: part.variant, key, person });
    expect(toldOf(written(made), made)).toEqual(toldOf(real, made));
  },
);

/** The content of a credential, with its ids and times by their length alone. */
function toldOf(credential: string, made: Recipe): unknown {
  if (made.kind === "signed-id") return credential.split(".").map((part) => part.length);
  if (made.kind === "token") {
    const { header, payload } = partsOfToken(credential);
    return [membersIn(header), membersIn(payload)];
  }
  const { rest, payload, address } = cookieParts(credential);
  const state = made.kind === "signed-cookie" ? stateIn(payload) : unsealed(rest, { [made.keyId]: made.key });
  return [address, membersIn(state)];
}

function membersIn(content: unknown): readonly unknown[] {
  return Object.entries(Object(content)).map(([name, value]) => {
    const isDrawn = name === "jti" || name === "sid" || (typeof value === "number" && value > 1_000_000_000);
    return [name, isDrawn ? String(value).length : value];
  });
}
