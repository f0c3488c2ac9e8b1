import fc, { type Arbitrary } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nameAsKept, objectionToName } from "../../core/text/person-name.ts";
import type { Variant } from "../../core/variant.ts";
import { variants } from "../../flows/registry.ts";
import { jarIn } from "../../http/endpoint.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
import type { CookiePlace } from "../../lab/cookies/cookie-place.ts";
import { changed, storedSettings, usualSettings } from "../../lab/lab-settings.ts";
import type { SettingValue, Takes } from "../../lab/settings/setting.ts";
import { type SettingPath, settingRows } from "../../lab/settings/setting-paths.ts";
import { changeTo } from "../../lab/settings/setting-values.ts";
import { createTestApplication, type TestApplication } from "../../testing/test-application.ts";
import { labIdOf } from "../../testing/two-labs.ts";
import { enterLab, flowOf } from "../../testing/visitor.ts";
import { settingsBody } from "./settings-schemas.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

/** Any value of the kind, and for texts also values that the body refuses. */
function arbitraryOf(takes: Takes): Arbitrary<SettingValue> {
  switch (takes.kind) {
    case "choice":
      return fc.constantFrom(...takes.of);
    case "flag":
      return fc.boolean();
    case "count":
      return fc.integer({ min: takes.least, max: takes.most });
    case "count-or":
      return fc.oneof(fc.integer({ min: takes.least, max: takes.most }), fc.constant(takes.or));
    case "text":
      return fc.oneof(
        fc.constantFrom(
          "/",
          "/<",
          "/=",
          '/"a,b\\',
          "a..b",
          "a.-b.c",
          "a.b-",
          `${"a".repeat(63)}.b`,
          "a".repeat(64),
          "localhost",
        ),
        fc.stringMatching(/^\/[!-~]{0,12}$/),
        fc.stringMatching(/^[a-z0-9.-]{1,12}$/),
        fc.string({ maxLength: 12, unit: "binary" }),
      );
  }
}

const rows = Object.entries(settingRows) as readonly (readonly [SettingPath, (typeof settingRows)[SettingPath]])[];

/** Some settings, each with a value that it takes. */
const accepted = fc
  .tuple(...rows.map(([path, { takes }]) => fc.option(fc.tuple(fc.constant(path), arbitraryOf(takes)), { nil: null })))
  .map((chosen) => chosen.filter((each) => each !== null))
  .map((chosen) => chosen.filter((each) => settingsBody.safeParse(changeTo([each])).success))
  .filter((chosen) => chosen.length > 0)
  .map(changeTo);

test("what the settings accept, a cookie can be set and expired with", () => {
  const cookies = app.flows.flatMap(({ manifest }) => manifest.cookies);
  fc.assert(
    fc.property(accepted, (change) => {
      const settings = changed(usualSettings, change);
      const cookiePlaces: readonly CookiePlace[] = [];
      const context = { lab: { settings, cookiePlaces } } as Parameters<typeof jarIn>[0];
      for (const { name, ...attributes } of cookies) {
        const jar = jarIn(context, app, createRequestJar(`${name}=1`));
        jar.set(name, "value", { ...attributes, maxAge: 60 });
        jar.set(name, "", { ...attributes, maxAge: 0 });
        expect(jar.setCookieLines()).not.toEqual([]);
      }
    }),
    { seed: 12, numRuns: 2000 },
  );
});

test("what the settings accept, a variant logs in and out with", async () => {
  await fc.assert(
    fc.asyncProperty(
      accepted,
      fc.constantFrom(...variants.filter(({ id }) => !app.missing.has(id))),
      async (change, { id }) => {
        const visitor = await enterLab(app);
        expect((await visitor.send("PATCH", "/api/lab/settings", { body: change })).status).toBe(200);
        expect((await visitor.logIn(id)).status).toBe(200);
        expect((await visitor.post(`/api/${flowOf(id)}/logout`)).status).toBe(204);
      },
    ),
    { seed: 12, numRuns: 60 },
  );
}, 60_000);

/** Names as long as a person may have, of what is longest in an encoding, and any others. */
const names = fc
  .oneof(
    fc.constantFrom(...'\u{1F600}\uFDFA"\\é<').map((character) => character.repeat(64)),
    fc.string({ unit: "binary", minLength: 64, maxLength: 64 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 64 }),
  )
  .map(nameAsKept)
  .filter((name) => objectionToName(name) === null);

test("[ASVS 3.3.5] with any names that a person may have, every variant's cookies fit under every setting", async () => {
  const passwordHash = await app.passwords.hash("long names and all");
  const offered = variants.filter(({ id }) => !app.missing.has(id));
  // Of what makes the most bytes: twelve for a character of a plain cookie.
  const wide = "\u{1F600}".repeat(64);
  const longest = { cookies: { prefix: "__Host-Http-" } };
  await fc.assert(
    fc.asyncProperty(
      accepted,
      fc.boolean(),
      fc.tuple(names, names),
      fc.constantFrom(...offered),
      async (change, personalData, [username, displayName], { id }) => {
        const visitor = await enterLab(app);
        const body = { ...change, personalData };
        expect((await visitor.send("PATCH", "/api/lab/settings", { body })).status).toBe(200);
        const context = await app.labContexts.find(labIdOf(app, visitor));
        const person = { username, displayName, role: "admin", passwordHash } as const;
        fc.pre((await context?.people.add(person)) === null);
        const login = await visitor.logIn(id, { username, password: "long names and all", remember: true });
        expect([id, login.status]).toEqual([id, 200]);
        for (const line of login.setCookies) expect((line.split(";")[0] ?? "").length - 1).toBeLessThanOrEqual(4096);
      },
    ),
    {
      seed: 12,
      numRuns: offered.length + 40,
      examples: offered.map((variant): [object, boolean, [string, string], Variant] => [
        longest,
        true,
        [wide, wide],
        variant,
      ]),
    },
  );
}, 60_000);

test("a stored value that is not accepted any more reads as the usual one, and the others stay", () => {
  const stored = { parallelLogins: 3, cookies: { path: "/<", domain: "a..b", sameSite: "none" }, skewSeconds: 1e300 };
  expect(storedSettings(stored)).toEqual({
    ...usualSettings,
    parallelLogins: 3,
    cookies: { ...usualSettings.cookies, sameSite: "none" },
  });
});
