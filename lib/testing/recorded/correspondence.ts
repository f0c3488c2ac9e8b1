import { setImmediate } from "node:timers/promises";
import { vi } from "vitest";
import type { InsideCall } from "../../server/inside-call.ts";
import type { TestApplication } from "../test-application.ts";
import { createVisitor, type Reply, type Visitor } from "../visitor.ts";
import { type Sender, type Sending, type Step, senders } from "./scenario.ts";
import { type Written, writtenAnswer, writtenRequest } from "./written.ts";

export type Correspondence = {
  /** How one part of the application asks another. */
  readonly inside: InsideCall;
  play(step: Step): Promise<void>;
  /** Every exchange, in the order in which answers began. Waits for the streams that are still read. */
  end(): Promise<readonly Written[]>;
};

/** Those who have no lab cookie at first. */
const withoutLab: readonly Sender[] = ["program", "stranger"];

/** What clients send to an application and are answered, written down. All of them but strangers are in one lab. */
export async function openCorrespondence(app: TestApplication, beginning: number): Promise<Correspondence> {
  const lab = app.env.labMode ? await app.stage.openLab() : null;
  const clients = new Map<Sender, Visitor>();
  const exchanges: Promise<Written>[] = [];
  const values = new Map(lab && (await valuesOf(app, lab[1])));
  let now = beginning;

  function createClient(by: Sender, held: Iterable<readonly [string, string]>): Visitor {
    const client = createVisitor({ env: app.env, dispatch: (request) => dispatch(by, request) }, held);
    clients.set(by, client);
    return client;
  }
  const clientOf = (by: Sender) => clients.get(by) ?? createClient(by, lab && !withoutLab.includes(by) ? [lab] : []);

  /** Of the request that is being sent: when to leave its stream, and whom to tell that its answer began. */
  let untilEvents: number | undefined;
  let answered = () => {};

  async function dispatch(by: Sender, request: Request): Promise<Response> {
    const events = untilEvents;
    const sent = await writtenRequest(by, request.clone());
    const response = await app.dispatch(request);
    const whole = events === undefined ? Promise.resolve(response) : upTo(events, response);
    exchanges.push(whole.then(async (each) => ({ by, request: sent, answer: await writtenAnswer(each.clone()) })));
    answered();
    return whole;
  }

  async function send(sending: Sending): Promise<void> {
    const sender = clientOf(sending.by);
    const own = new Map([...values, ["access token", sender.accessToken], ["refresh token", sender.refreshToken]]);
    const filled = (text: string) =>
      text.replace(/\{([a-z][a-z ]*)\}/gi, (_, name: string) => {
        const value = own.get(name);
        if (!value) throw new Error(`${sending.sends}: there is no ${name} yet`);
        return value;
      });
    const [method = "", path = ""] = sending.sends.split(" ");
    const { body, basic, headers } = sending;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const authorization = basic && `Basic ${Buffer.from(basic.map(filled).join(":")).toString("base64")}`;
    const extra = Object.entries(headers ?? {}).map(([name, value]) => [name, filled(value)] as const);
    now += 1000;
    vi.setSystemTime(now);
    untilEvents = sending.untilEvents;
    const isAnswered = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const replied = sender.send(method, filled(path), {
      headers: { ...senders[sending.by], ...Object.fromEntries(extra), ...(authorization && { authorization }) },
      ...(text !== undefined && { body: filled(text) }),
    });
    await Promise.race([isAnswered, replied]);
    if (sending.untilEvents === undefined) keep(sending, await replied);
    await settled();
  }

  function keep({ keeps = {} }: Sending, { body }: Reply): void {
    for (const [name, way] of Object.entries(keeps)) values.set(name, String(valueAt(body, way)));
  }

  return {
    inside: (path, init) => dispatch("inside", new Request(`${app.env.origin}${path}`, init)),
    async play(step) {
      if ("sends" in step) return send(step);
      const { cookies, accessToken, refreshToken } = clientOf(step.copies);
      Object.assign(createClient(step.by, cookies), { accessToken, refreshToken });
    },
    end: () => Promise.all(exchanges),
  };
}

async function valuesOf(
  { labContexts }: TestApplication,
  cookie: string,
): Promise<readonly (readonly [string, string])[]> {
  const { lab } = await labContexts.open(labContexts.labIdOf(cookie));
  const [client] = labContexts.oauthClients(lab);
  return [
    ["lab", lab.id],
    ["client id", client.id],
    ["client secret", client.secret],
  ];
}

/** The event log writes without making a request wait. SQLite answers within the process, so a few turns are enough. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}

/** A stream of server-sent events as far as its reader stays: then it leaves. */
async function upTo(events: number, { body, status, headers }: Response): Promise<Response> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while ((text.match(/^event: /gm)?.length ?? 0) < events) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done) break;
    // Looks at copies and signs of life come when they come.
    if (!/^event: (?:copies|here)$/m.test(value ?? "")) text += value;
  }
  await reader?.cancel();
  return new Response(text, { status, headers });
}

function valueAt(body: unknown, way: string): unknown {
  return way.split(".").reduce((so, name) => {
    if (typeof so !== "object" || so === null || !(name in so)) throw new Error(`The answer has no ${way}`);
    return Reflect.get(so, name);
  }, body);
}
