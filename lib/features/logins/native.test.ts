import { afterAll, describe, expect, test } from "vitest";
import { holdingOf } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import { flows } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Reply } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ manifest, variant })));

const tokenOf = ({ body }: Reply) => ({ refresh_token: body["refresh_token"] });

test.for(variants.filter(({ variant }) => !variant.native))(
  "$variant.id refuses a client without a cookie jar, and says why",
  async ({ variant }) => {
    const reply = await (await enterLab(app)).logIn(variant.id, { client: "native" });
    expect([reply.status, reply.code, reply.setCookies]).toEqual([422, "UNPROCESSABLE", []]);
    expect(reply.body["detail"]).toMatch(/^client: /);
  },
);

describe.for(variants.filter(({ variant }) => variant.native && holdingOf(variant, "refresh")))(
  "a native client of $variant.id",
  ({ manifest, variant: { id, settings, claims } }) => {
    const api = `/api/${manifest.id}`;
    const [cookie] = manifest.cookies;
    const tokens = {
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: settings.lifetimes.access / 1000,
      refresh_token: expect.any(String),
    };

    test("gets both tokens in the body and no cookie, at login and at each refresh, until it logs out", async () => {
      const visitor = await enterLab(app);
      const first = await visitor.logIn(id, { client: "native" });
      expect(first.body).toMatchObject(tokens);
      const second = await visitor.post(`${api}/refresh`, tokenOf(first));
      expect([second.status, second.body]).toEqual([200, expect.objectContaining(tokens)]);
      expect(second.body["refresh_token"]).not.toBe(first.body["refresh_token"]);
      expect([first.setCookies, second.setCookies]).toEqual([[], []]);

      expect((await visitor.post(`${api}/logout`, tokenOf(second))).status).toBe(204);
      const ended = await visitor.post(`${api}/refresh`, tokenOf(second));
      const claim = claims["replay-after-logout"]?.find(({ credential }) => credential === "refresh");
      expect(ended.code ?? "exposed").toBe(claim?.outcome);
    });

    test("needs no lab cookie: its tokens name their lab", async () => {
      const visitor = await enterLab(app);
      const first = await visitor.logIn(id, { client: "native" });
      visitor.cookies.clear();
      expect((await visitor.get(`${api}/me`)).status).toBe(200);
      expect((await visitor.post(`${api}/refresh`, tokenOf(first))).status).toBe(200);
    });

    test("and a browser cannot use the other's refresh token", async () => {
      const visitor = await enterLab(app);
      const native = await visitor.logIn(id, { client: "native" });
      const browser = visitor.another();
      await browser.logIn(id);
      const taken = { refresh_token: browser.cookies.get(cookie?.name ?? "") };
      expect((await visitor.another().post(`${api}/refresh`, taken)).code).toBe("INVALID_CREDENTIAL");
      const thief = visitor.another();
      thief.cookies.set(cookie?.name ?? "", String(native.body["refresh_token"]));
      expect((await thief.post(`${api}/refresh`)).code).toBe("INVALID_CREDENTIAL");
    });
  },
);
