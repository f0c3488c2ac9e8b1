import type { Transport } from "../../lab/device.ts";
import type { Ledger } from "./bench-ledger.ts";
import type { BenchServer, Gate } from "./bench-server.ts";
import type { BenchActor, BenchFault } from "./model.ts";
import type { Turns } from "./turns.ts";

/**
 * No answer came: the process died, or the answer was lost. The client does not know whether its request had an effect.
 */
export class NoAnswer extends Error {}

type WireOptions = {
  readonly turns: Turns<BenchActor>;
  readonly random: (below: number) => number;
  readonly ledger: () => Ledger;
  readonly server: () => BenchServer;
};

/** The longest refresh asks its store so often; a crash strikes before one of these calls, or before the answer leaves. */
const mostCalls = 5;

/** Between clients and server: each request goes on call by call, when its turn comes, and may meet with an accident. */
export function createWire({ turns, random, ledger, server }: WireOptions) {
  // Bounded: by the actors of one run.
  const flights = new Map<BenchActor, () => void>();
  let fault: BenchFault | null = null;
  let callsToCrash = 0;

  const actorNow = (): BenchActor => turns.current() ?? "tab-1";

  async function crash(): Promise<never> {
    fault = null;
    ledger().note("process", { kind: "crash" });
    server().restart({ emptied: false });
    const own = turns.current();
    for (const [actor, fail] of [...flights]) {
      if (actor === own) continue;
      turns.drop(actor);
      await turns.give(actor, fail);
    }
    if (own !== null) flights.get(own)?.();
    // The process that worked on this request has ended.
    return new Promise<never>(() => {});
  }

  async function reach(): Promise<void> {
    await turns.wait();
    if (fault === "crash" && callsToCrash-- <= 0) await crash();
  }

  const gate: Gate = async (call, token, act, found) => {
    if (turns.current() === null) return act();
    await reach();
    const value = await act();
    ledger().note(actorNow(), { kind: "store", call, token: ledger().nameOf(token), found: found(value) });
    return value;
  };

  async function answerTo(request: Request): Promise<Response> {
    const response = await server().transport(request);
    // The answer has yet to leave the process.
    if (fault === "crash") callsToCrash = 0;
    if (turns.current() !== null) await reach();
    return response;
  }

  const transport: Transport = async (request) => {
    if (turns.current() === null) return server().transport(request);
    const actor = actorNow();
    const { method, url, headers } = request;
    const line = `${method} ${new URL(url).pathname}`;
    ledger().note(actor, { kind: "send", request: line, token: named(headers.get("cookie"), "; ") });
    const died = new Promise<never>((_, reject) => flights.set(actor, () => reject(new NoAnswer("The process died."))));
    const response = await Promise.race([answerTo(request), died]).finally(() => flights.delete(actor));
    const { status } = response;
    if (fault === "answer-lost" && actor !== "thief") {
      fault = null;
      ledger().note("network", { kind: "lost", request: line, status });
      throw new NoAnswer("The answer was lost.");
    }
    const token = named(response.headers.getSetCookie().join("\n"), "\n");
    ledger().note(actor, { kind: "answer", request: line, status, code: await codeOf(response), token });
    return response;
  };

  /** The refresh token among cookies, by its name on the bench. */
  function named(cookies: string | null, between: string): string | null {
    const begin = `${server().cookieName}=`;
    const pair = (cookies ?? "").split(between).find((each) => each.startsWith(begin));
    const value = pair?.slice(begin.length).split(";")[0];
    return value ? ledger().nameOf(server().hash(value)) : null;
  }

  return {
    gate,
    transport,
    /** In what follows this goes wrong, once. */
    prepare(next: BenchFault | undefined): void {
      fault = next ?? null;
      callsToCrash = fault === "crash" ? random(mostCalls) : 0;
    },
  };
}

async function codeOf(response: Response) {
  if (response.ok) return null;
  const { code = null } = await response.clone().json();
  return code;
}
