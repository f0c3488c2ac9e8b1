import { z } from "zod";
import { flows } from "../../lib/flows/registry.ts";
import { demoPasswords } from "../../lib/server/demo-people.ts";
import type { CapturedCredentials } from "../../lib/testing/arbitrary-request.ts";
import type { FuzzAnswer, Sendable } from "./send.ts";

const bearer = z
  .looseObject({ access_token: z.string().optional() })
  .transform(({ access_token: token }) => (token === undefined ? [] : [token]));

/** A new lab with an admin's login of each flow in it, and all that its visitor holds then. `ask` sends to the server. */
export async function plunder(ask: (request: Sendable) => Promise<FuzzAnswer>): Promise<CapturedCredentials> {
  const jar = new Map<string, string>();
  const tokens: string[] = [];
  async function json(address: string, sent?: unknown): Promise<unknown> {
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const headers = { cookie, "content-type": "application/json" };
    const asked = sent === undefined ? { method: "GET", body: null } : { method: "POST", body: JSON.stringify(sent) };
    const answer = await ask({ ...asked, address, headers });
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    if (answer.status !== 200) throw new Error(`${address} answered ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body);
  }
  const { people, lab } = z
    .looseObject({ lab: z.object({ id: z.string() }), people: z.array(z.looseObject({ id: z.string() })) })
    .parse(await json("/api/lab"));
  for (const { manifest } of flows) {
    const grant = await json(`/api/${manifest.id}/login`, { username: "admin", password: demoPasswords["admin"] });
    tokens.push(...bearer.parse(grant));
  }
  return { cookies: [...jar], tokens, ids: [lab.id, ...people.map(({ id }) => id), "cart"] };
}
