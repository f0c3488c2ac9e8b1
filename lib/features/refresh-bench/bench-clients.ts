import { second } from "../../core/time.ts";
import { createDevice, type Reply, type Transport } from "../../lab/device.ts";
import type { Ledger } from "./bench-ledger.ts";
import type { BenchServer } from "./bench-server.ts";
import { NoAnswer } from "./bench-wire.ts";
import type { BenchAct, BenchActor } from "./model.ts";
import type { Turns } from "./turns.ts";

/** An answer, and whether an earlier answer had already told the end of the family when the request was sent. */
export type BenchReply = Pick<Reply, "status" | "code"> & {
  readonly actor: BenchActor;
  readonly does: BenchAct["does"];
  readonly afterEnd: boolean;
};

type ClientsOptions = {
  readonly turns: Turns<BenchActor>;
  readonly server: BenchServer;
  readonly transport: Transport;
  readonly ledger: () => Ledger;
  readonly singleFlight: boolean;
  readonly retryAfterSeconds: number;
};

/** The most repetitions of a request that got no answer. */
const attempts = 3;

/**
 * The clients of a run: a browser, whose tabs share its cookie jar and tell each other their access token, as
 * app/_browser does it; and a thief with a device of their own. With single flight the tabs refresh under one lock: a
 * tab that waited for the lock sends no request if it then has a newer access token.
 */
export function createClients(options: ClientsOptions) {
  const { turns, server, transport, ledger, singleFlight, retryAfterSeconds } = options;
  const { api, origin, cookieName, credentials } = server;
  const browser = createDevice({ transport, origin });
  const thief = createDevice({ transport, origin });
  const replies: BenchReply[] = [];
  let firstCopy: string | null = null;
  let locked = false;
  let endTold = false;

  async function send(act: BenchAct, device: typeof browser, action: string, body?: object): Promise<Reply> {
    const afterEnd = endTold;
    const reply = await device.send("POST", `${api}/${action}`, body);
    const { status, code } = reply;
    replies.push({ actor: act.actor, does: act.does, status, code, afterEnd });
    endTold ||= code === "REUSE_DETECTED" || (act.does !== "refresh" && act.actor !== "thief" && status < 300);
    return reply;
  }

  /** `null`: no answer came. The lock is free again either way, as when a tab dies with it. */
  async function refreshOnce(act: BenchAct): Promise<Reply | null> {
    locked = true;
    try {
      return await send(act, browser, "refresh");
    } catch (error) {
      if (error instanceof NoAnswer) return null;
      throw error;
    } finally {
      locked = false;
    }
  }

  /** `over`: the access token that was found to have ended. */
  async function refreshTab(act: BenchAct, over: string | null): Promise<void> {
    for (let left = attempts; left > 0; left -= 1) {
      await turns.wait(() => !singleFlight || !locked);
      const { accessToken } = browser;
      if (singleFlight && accessToken !== null && accessToken !== over) {
        return ledger().note(act.actor, { kind: "shared" });
      }
      const reply = await refreshOnce(act);
      if (reply?.status === 401) browser.accessToken = null;
      if (reply) return;
      await turns.pause(retryAfterSeconds * second);
    }
  }

  async function actAsThief(act: BenchAct & { readonly actor: "thief" }): Promise<void> {
    await turns.wait();
    if (act.does === "copy") {
      const copied = browser.cookies.get(cookieName) ?? null;
      firstCopy ??= copied;
      if (copied !== null) thief.cookies.set(cookieName, copied);
      return ledger().note("thief", { kind: "copy", token: copied && ledger().nameOf(server.hash(copied)) });
    }
    const newest = thief.cookies.get(cookieName);
    if (act.does === "replay-first" && firstCopy !== null) thief.cookies.set(cookieName, firstCopy);
    const { status } = await send(act, thief, "refresh");
    // The old token was refused; the newer one is still in the jar.
    if (status !== 200 && newest !== undefined) thief.cookies.set(cookieName, newest);
  }

  async function act(wanted: BenchAct): Promise<void> {
    if (wanted.actor === "thief") return actAsThief(wanted);
    if (wanted.does === "refresh") return refreshTab(wanted, browser.accessToken);
    await turns.wait();
    await (wanted.does === "log-out"
      ? send(wanted, browser, "logout")
      : send(wanted, browser, "revoke", { scope: "all" }));
  }

  return {
    act,
    replies: (): readonly BenchReply[] => replies,
    logIn: () => browser.send("POST", `${api}/login`, credentials),
    holding() {
      const hashOf = (value: string | undefined) => (value ? server.hash(value) : null);
      return { browser: hashOf(browser.cookies.get(cookieName)), thief: hashOf(thief.cookies.get(cookieName)) };
    },
  };
}
