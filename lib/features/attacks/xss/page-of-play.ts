import { z } from "zod";
import type { FlowModule } from "../../../core/flow.ts";
import { jsonIn } from "../../../core/text/read-json.ts";
import { second } from "../../../core/time.ts";
import { wholeBody } from "../../../http/request/body.ts";
import { labCookie } from "../../../http/request/lab-cookie.ts";
import type { Device } from "../../../lab/device.ts";
import type { Loot } from "../hosts/model.ts";
import type { XssBench } from "./bench.ts";
import type { Act, After, Channel, PlayedRun, Replay, Stolen, XssLoot } from "./model.ts";
import { xssWays } from "./model.ts";
import type { XssRun } from "./runs.ts";
import { afterRefresh, nothingHeld, sentBy, stolenIn, type Target, type ThiefHolds, use, withSent } from "./thief.ts";

/** What alice did. `runs`: the injected script does. */
export type Step = {
  readonly did: "begin" | "login" | "logout" | "revocation" | "time" | "thief-renews" | "owner-renews";
  readonly status?: number | undefined;
  readonly login?: number | undefined;
  readonly runs?: boolean | undefined;
};

const text = z.string().nullable().optional();
/** What a header can hold: anything else is no credential. */
const credential = z
  .string()
  .regex(/^[\x20-\x7e]*$/)
  .nullable()
  .optional();
const sentBody = z.strictObject({
  login: z.int().min(1).max(3),
  way: z.enum(xssWays),
  got: z.strictObject({ cookie: credential, access: credential, refresh: credential, password: text }),
});

/** What is asked of the application through the vulnerable host: a flow's own addresses, and none of the lab's. */
const actions: ReadonlySet<string> = new Set([
  ...["login", "me", "refresh", "logout", "revoke", "transfer", "reauthenticate"],
]);

const channels: Readonly<Record<string, Channel>> = { empty: "fetch", image: "image", document: "navigation" };

/** A password is the same wherever it was typed, so it is used of one place. */
const passwordPlace = "server-session/sql";

/** Past five minutes a login is not fresh. */
const stale = 360 * second;
/** Past the `exp` of a short token, which lives for 15 seconds. */
const shortened = 16 * second;
/** Past the time in which a rotated token is an honest retry. */
const graceOver = 15 * second;

/** Of loot, of steps and of transfers: a page needs some twenty. */
const most = 100;

/** The time that loot by a navigation may take. */
const mostWait = 2000;

export type PageOfPlay = Awaited<ReturnType<typeof createPageOfPlay>>;

/** One page of a play in a lab of its own: what arrives of it, and what the thief does with that elsewhere. */
export async function createPageOfPlay(
  { bench, flows }: { readonly bench: XssBench; readonly flows: readonly FlowModule[] },
  run: XssRun,
) {
  const target = await targetOf(bench, flows, run);
  const { lab } = target;
  // Bounded: by the three logins of a page.
  const heldOf = new Map<number, ThiefHolds>();
  const loot: XssLoot[] = [];
  const replays: Replay[] = [];
  const acts: Act[] = [];
  const arrived = Promise.withResolvers<void>();
  /** What is typed once is good for every login. */
  let password: string | null = null;
  let [login, after, tried] = [0, "open" as After, false];
  let [heard, stepped] = [0, 0];
  let renewed: { readonly device: Device; readonly held: ThiefHolds } | null = null;

  async function replay(of: number, when: After, kinds: readonly Stolen[]): Promise<void> {
    const held = { ...(heldOf.get(of) ?? nothingHeld), password: run.place.id === passwordPlace ? password : null };
    for (const what of stolenIn(held, target.variant).filter((each) => kinds.includes(each))) {
      const used = await use(target, held, what);
      if (!used) continue;
      replays.push({ after: when, what, again: false, ...used.answer });
      if (what === "refresh" && used.answer.status === 200)
        heldOf.set(of, afterRefresh(heldOf.get(of) ?? nothingHeld, used.device, target.variant));
    }
  }

  async function loggedIn({ status, login: number = 1, runs = false }: Step): Promise<void> {
    tried ||= status === 200;
    login = number;
    if (runs && number === 1) await Promise.race([arrived.promise, pause(mostWait)]);
    // In the run of reuse detection the order in which both renew is what is played.
    if (number === 1) await replay(1, "open", run.plan === "reuse" ? ["access"] : ["access", "refresh"]);
  }

  async function thiefRenews(): Promise<void> {
    const held = heldOf.get(1) ?? nothingHeld;
    const used = await use(target, held, "refresh");
    if (!used) return;
    replays.push({ after: "open", what: "refresh", again: false, ...used.answer });
    renewed = { device: used.device, held };
    await lab.pass(graceOver);
  }

  async function ownerRenewed(): Promise<void> {
    if (!renewed) return;
    const answer = await sentBy(renewed.device, target, renewed.held, "refresh");
    replays.push({ after: "open", what: "refresh", again: true, ...answer });
  }

  async function passTime(): Promise<void> {
    after = "time";
    await lab.pass(run.plan === "short" ? shortened : stale);
    if (run.plan === "short") await replay(login, "time", ["access"]);
  }

  async function endedBy(event: "logout" | "revocation"): Promise<void> {
    after = event;
    await replay(login, event, all);
  }

  const steps: Readonly<Record<Step["did"], (step: Step) => Promise<void>>> = {
    begin: async () => {},
    login: loggedIn,
    logout: () => endedBy("logout"),
    revocation: () => endedBy("revocation"),
    time: passTime,
    "thief-renews": thiefRenews,
    "owner-renews": ownerRenewed,
  };

  return {
    /** Answers who alice is, whatever she did. */
    async step(step: Step) {
      stepped += 1;
      if (stepped <= most) await steps[step.did](step);
      return { username: "alice", password: lab.passwords["alice"] };
    },

    looted({ text: sent, dest }: Loot): void {
      heard += 1;
      if (heard > most) return;
      const { number, way, got } = readSent(sent, login + 1);
      const stolen = stolenIn(withSent(nothingHeld, got), target.variant);
      if (got.password) password = got.password;
      if (way === "password") arrived.resolve();
      heldOf.set(number, withSent(heldOf.get(number) ?? nothingHeld, got));
      if (stolen.length > 0) loot.push({ login: number, way, got: stolen, arrived: channels[dest] ?? "fetch" });
    },

    /** As the page sent it, in the lab of this page. `null`: there is no such address at the vulnerable host. */
    async forward(request: Request): Promise<Response | null> {
      const url = new URL(request.url);
      const [, , flow, action = "", ...more] = url.pathname.split("/");
      if (flow !== run.place.flow || !actions.has(action) || more.length > 0) return null;
      const read = await wholeBody(request);
      if ("answer" in read) return read.answer;
      const body = new TextDecoder().decode(read.bytes);
      const headers = new Headers(request.headers);
      headers.set("cookie", `${lab.labCookie.join("=")}; ${request.headers.get("cookie") ?? ""}`);
      const answer = await lab.transport(
        new Request(url, { method: request.method, headers, ...(body !== "" && { body }) }),
      );
      if (action === "login" && answer.ok) after = "open";
      if (action === "transfer" && acts.length < most)
        acts.push({ after, amount: amountIn(body), ...(await answered(answer)) });
      return withoutLab(answer);
    },

    /** Nobody plays it on: the lab is deleted. */
    close: (): Promise<void> => lab.close(),

    /** The page was left. The thief goes on, and then the lab is deleted. */
    async leave(): Promise<PlayedRun> {
      try {
        if (run.plan === "whole") await replay(login, "tab", all);
      } finally {
        await lab.close();
      }
      return { id: run.id, tried, loot: inOrder(loot), replays, acts };
    },
  };
}

const all: readonly Stolen[] = ["access", "refresh", "password"];

async function targetOf(bench: XssBench, flows: readonly FlowModule[], { place, plan }: XssRun): Promise<Target> {
  const manifest = flows.map((flow) => flow.manifest).find(({ id }) => id === place.flow);
  const variant = manifest?.variants.find(({ id }) => id === place.variant);
  if (!manifest || !variant) throw new Error(`${place.variant} is not offered here`);
  const lab = await bench.open({
    ...(!place.httpOnly && { cookies: { httpOnly: false } }),
    ...(plan === "short" && { lifetimes: "seconds" }),
  });
  return { lab, manifest, variant };
}

/** What the script sent; or what somebody typed into a form without a script, in the login that is under way. */
function readSent(text: string, underWay: number) {
  const sent = sentBody.safeParse(jsonIn(text));
  return sent.success
    ? { number: sent.data.login, way: sent.data.way, got: sent.data.got }
    : ({ number: underWay, way: "markup", got: { password: text } } as const);
}

/** By login and way: they arrive at the same time by several channels. */
function inOrder(loot: readonly XssLoot[]): readonly XssLoot[] {
  const place = ({ login, way }: XssLoot) => login * 10 + [...xssWays, "markup"].indexOf(way);
  return [...loot].sort((one, other) => place(one) - place(other));
}

function amountIn(body: string): number {
  const value = jsonIn(body);
  return typeof value === "object" && value !== null && "amount" in value ? Number(value.amount) : 0;
}

async function answered(answer: Response) {
  const body = jsonIn(await answer.clone().text());
  const code = !answer.ok && typeof body === "object" && body !== null && "code" in body ? String(body.code) : null;
  return { status: answer.status, code };
}

/** The lab stays on the server: the browser has a ticket in its place. */
function withoutLab(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.delete("set-cookie");
  for (const line of answer.headers.getSetCookie()) {
    if (!line.startsWith(`${labCookie.name}=`)) headers.append("set-cookie", line);
  }
  return new Response(answer.body, { status: answer.status, headers });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
