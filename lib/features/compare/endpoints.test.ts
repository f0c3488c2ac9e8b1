import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { variants } from "../../flows/registry.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";
import type { VariantTable } from "./model.ts";

const app = await createTestApplication();
const closed = await createTestApplication({ LAB_MODE: "off" });
afterAll(() => Promise.all([app.dispose(), closed.dispose()]));
beforeAll(() => app.measurements.take(), 120_000);

const get = (query = "", headers: Record<string, string> = {}) =>
  app.dispatch(new Request(`${app.env.origin}/api/comparison${query}`, { headers }));
const cookiesOf = ({ cookies }: Visitor) => [...cookies].map((pair) => pair.join("=")).join("; ");

async function playLogoutOfSealed(visitor: Visitor): Promise<void> {
  const headers = { cookie: cookiesOf(visitor), "content-type": "application/json" };
  const body = JSON.stringify({ variants: ["cookie/sealed"], experiments: ["replay-after-logout"] });
  const init = { method: "POST", headers, body };
  const run = await app.dispatch(new Request(`${app.env.origin}/api/lab/matrix`, init));
  expect(await run.text()).toContain('"type":"cell"');
}

describe("GET /api/comparison", () => {
  test("gives every variant over every column, measured, each cell with its sources", async () => {
    const table: VariantTable = await (await get()).json();
    expect(table.rows.map(({ variant }) => variant)).toEqual(variants.map(({ id }) => id));
    expect(table.measured?.version).toMatch(/^\d+\.\d+\.\d+, source [\da-f]{8}$/);
    for (const { cells } of table.rows) {
      for (const { id, measured } of table.columns) {
        expect(cells[id]?.sources.length).toBeGreaterThan(0);
        if (measured) expect(cells[id]?.text).not.toMatch(/measuring|not here/);
      }
    }
  });

  test("gives the same as CSV: a line a variant, a field a column, commas and quotes kept", async () => {
    const reply = await get("?format=csv");
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = (await reply.text()).split("\r\n");
    expect(lines).toHaveLength(variants.length + 2);
    expect(lines[0]).toMatch(/^variant,flow,safety,still-in,/);
    expect(lines.find((line) => line.startsWith("cookie/sealed,"))).toContain(',"in 30 min, in use 8 h (claimed)",');
    const fields = (line: string) => line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)?.length;
    expect(new Set(lines.slice(0, -1).map(fields)).size).toBe(1);
  });

  test("gives a lab the results that it has played, marked as observed, and other labs only claims", {
    timeout: 60_000,
  }, async () => {
    const [here, there] = [await enterLab(app), await enterLab(app)];
    await playLogoutOfSealed(here);
    const cellOf = async (visitor: Visitor) => {
      const table: VariantTable = await (await get("", { cookie: cookiesOf(visitor) })).json();
      const row = table.rows.find(({ variant }) => variant === "cookie/sealed");
      return row?.cells["replay-after-logout"];
    };
    const said = { text: "in 30 min, in use 8 h" };
    expect(await cellOf(here)).toMatchObject({ ...said, said: "observed", played: { holds: true } });
    expect(await cellOf(there)).toMatchObject({ ...said, said: "claimed" });
    const csv = (await (await get("?format=csv", { cookie: cookiesOf(here) })).text()).split("\r\n");
    expect(csv.find((line) => line.startsWith("cookie/sealed,"))).toContain(
      ',"in 30 min, in use 8 h (observed, as claimed)",',
    );
    expect(csv.find((line) => line.startsWith("cookie/signed,"))).toContain(',"in 30 min, in use 8 h (claimed)",');
  });

  test("makes no lab, and does not take the lab from a credential", { timeout: 60_000 }, async () => {
    const here = await enterLab(app);
    await here.logIn("memory-jwt/rotating");
    await playLogoutOfSealed(here);
    const reply = await get("", { authorization: `Bearer ${here.accessToken}` });
    expect(reply.headers.getSetCookie()).toEqual([]);
    expect(await reply.text()).not.toContain('"said":"observed"');
  });

  test.for(["?format=xml", "?format=", "?format=csv&format2=json", "?__proto__=1"])("refuses %s", async (query) => {
    const reply = await get(query);
    expect(reply.status).toBe(422);
    expect((await reply.json()).code).toBe("UNPROCESSABLE");
  });

  test("exists outside lab mode, where each measured cell says why it is missing", async () => {
    const reply = await closed.dispatch(new Request(`${closed.env.origin}/api/comparison`));
    const table: VariantTable = await reply.json();
    expect(table.rows[0]?.cells["me-asks"]).toMatchObject({
      text: "not here",
      detail: expect.stringContaining("lab mode"),
    });
  });
});
