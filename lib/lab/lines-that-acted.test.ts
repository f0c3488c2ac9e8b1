import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findVariant, flows, variants } from "../flows/registry.ts";
import { createTestApplication, type TestApplication } from "../testing/test-application.ts";
import { enterLab } from "../testing/visitor.ts";
import { watchExchanges } from "../testing/watch-exchanges.ts";
import type { Exchange, SourceLine } from "./feed/exchange.ts";

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.dispose());

async function textOf({ file, line }: SourceLine): Promise<string> {
  return (await readFile(file, "utf8")).split("\n")[line - 1] ?? "";
}

/** Calls on a flow's line that pass a port on to a function of lib/core, which then calls the port. */
const handedOn = /\b(records|families|data|deps|logins)\b/;

async function expectRealLines(flow: string, exchanges: readonly Exchange[]): Promise<void> {
  // Steps of the edge and the flow's own verdict are not calls to a port.
  const asked = exchanges.flatMap(({ steps }) => steps).filter(({ actor }) => actor !== "edge" && actor !== "flow");
  for (const { at, did } of asked) {
    expect(at?.file).toMatch(new RegExp(`^lib/flows/${flow}/[a-z-]+\\.ts$`));
    const text = at ? await textOf(at) : "";
    // The call itself, or that line.
    expect(text).toMatch(text.includes(did) ? new RegExp(`\\b${did}(\\?\\.)?\\(`) : handedOn);
  }
}

describe.for(variants.map(({ id }) => ({ id })))("$id", ({ id }) => {
  const flow = id.split("/")[0] ?? "";

  test("every step of an exchange has the line of the flow that made the call", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watchExchanges(app, visitor);
    expect((await visitor.logIn(id)).status).toBe(200);
    await visitor.get(`/api/${flow}/me`);
    await visitor.post(`/api/${flow}/refresh`);
    await visitor.get(`/api/${flow}/sessions`);
    await visitor.post(`/api/${flow}/revoke`, { scope: "all" });
    await visitor.logIn(id);
    await visitor.post(`/api/${flow}/logout`);
    const exchanges = (await seen()).filter(({ request }) => !request.path.endsWith("/sessions"));
    expect(exchanges.flatMap(({ steps }) => steps).length).toBeGreaterThan(2);
    await expectRealLines(flow, exchanges);
  });

  test("a refusal has the line of the flow that refused, or the step that answered it", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watchExchanges(app, visitor);
    await visitor.logIn(id, { password: "wrong" });
    await visitor.another().get(`/api/${flow}/me`);
    await visitor.logIn(id);
    const copy = visitor.copy();
    await visitor.post(`/api/${flow}/logout`);
    await copy.get(`/api/${flow}/me`);
    const refused = (await seen()).filter(({ code }) => code !== null);
    const [wrong, nobody] = refused;
    expect(wrong?.code).toBe("BAD_CREDENTIALS");
    expect(wrong?.refusedAt && (await textOf(wrong.refusedAt))).toContain('refuse("BAD_CREDENTIALS")');
    expect(nobody?.code).toBe("NO_CREDENTIAL");
    for (const { code, refusedAt, steps } of refused) {
      if (refusedAt) expect(refusedAt.file.startsWith(`lib/flows/${flow}/`)).toBe(true);
      else expect(steps.findLast(({ at }) => at)?.found).toContain(code);
    }
    const claim = findVariant(id)?.claims["replay-after-logout"]?.find(({ credential }) => credential === "access");
    if (claim?.outcome === "REVOKED") expect(refused.map(({ code }) => code)).toContain("REVOKED");
  });
});

test("two requests at once keep their refusals apart", async () => {
  const visitor = await enterLab(app);
  const { seen } = await watchExchanges(app, visitor);
  await Promise.all([
    ...flows.map(({ manifest }) => visitor.another().get(`/api/${manifest.id}/me`)),
    ...flows.map(({ manifest }) => visitor.another().logIn(manifest.variants[0].id, { password: "wrong" })),
  ]);
  for (const { flow, code, refusedAt } of await seen()) {
    expect(refusedAt?.file.startsWith(`lib/flows/${flow}/`)).toBe(true);
    expect(refusedAt && (await textOf(refusedAt))).toMatch(/\brefuse\(|\bawait cookieState\./);
    expect(refusedAt === undefined ? code : null).toBeNull();
  }
});
