import { holdingOf } from "../../../core/credential.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { sessionIdCookie, sessionIdIn } from "../../../lab/cookies/session-id.ts";
import { createDevice, type Device, isSuccess, NotTried, type Reply } from "../../../lab/device.ts";
import type { Exchange } from "../../../lab/feed/exchange.ts";
import { tryToGetIn } from "../../../lab/performance.ts";
import type { Stage } from "../../../lab/stage.ts";
import type { FixationStep, Held } from "./model.ts";

/** A variant with its flow. */
export type Part = { readonly manifest: FlowManifest; readonly variant: Variant };

/** The cookie of the session id, and which of the variant's credentials it is. */
export type SessionId = { readonly cookie: string; readonly kind: "access" | "refresh" };

/** `null`: the variant has none. */
export function sessionIdOf(variant: Variant): SessionId | null {
  const [cookie, kind] = [sessionIdCookie(variant), sessionIdIn(variant.settings)];
  return cookie !== null && kind !== null && holdingOf(variant, kind) ? { cookie, kind } : null;
}

type Asked = { readonly reply: Reply; readonly line: string; readonly exchanges: readonly Exchange[] };

export type Scene = Awaited<ReturnType<typeof enterScene>>;

/** A lab of a play, with the fault or without it, and two windows in it: the thief's and alice's. All are real requests. */
export async function enterScene(
  stage: Stage,
  { manifest, variant }: Part,
  { cookie, kind }: SessionId,
  keeps: boolean,
) {
  const labCookie = await stage.openLab();
  const browser = (): Device => createDevice({ ...stage, cookies: [labCookie] });
  const windows = { thief: browser(), alice: browser() };
  let planted: string | null = null;

  const close = () => browser().send("POST", "/api/lab/reset");

  const reply = await browser().send("PATCH", "/api/lab/settings", { adoptSentId: keeps });
  if (!isSuccess(reply)) {
    await close();
    throw new NotTried(`The settings of a fixation's lab were answered ${reply.status}`);
  }

  function heldBy(device: Device): Held | null {
    const id = device.cookies.get(cookie);
    return id === undefined ? null : { id, isPlanted: id === planted };
  }

  async function watched(ask: () => Promise<Reply>): Promise<Asked> {
    const stop = stage.watch?.(labCookie);
    const answer = await ask();
    const exchanges = (stop?.() ?? []).filter(({ flow }) => flow === manifest.id);
    const { request } = exchanges.at(-1) ?? {};
    return { reply: answer, line: request ? `${request.method} ${request.path}` : "", exchanges };
  }

  return {
    windows,

    logIn(by: "thief" | "alice", username: "alice" | "bob"): Promise<Asked> {
      const credentials = { username, password: stage.passwords[username], variant: variant.id };
      return watched(() => windows[by].send("POST", `/api/${manifest.id}/login`, credentials));
    },

    /** Sends a session id alone: who is it? */
    tryId(id: string): Promise<Asked> {
      const device = createDevice({ ...stage, cookies: [labCookie, [cookie, id]] });
      return watched(() => tryToGetIn(device, { manifest }, kind));
    },

    idOf: (by: "thief" | "alice"): string | null => windows[by].cookies.get(cookie) ?? null,

    /** Nothing is sent: it is in her browser as if the application had set it. */
    plant(id: string): void {
      planted = id;
      windows.thief.cookies.set(cookie, id);
      windows.alice.cookies.set(cookie, id);
    },

    holds: (): FixationStep["holds"] => ({ thief: heldBy(windows.thief), alice: heldBy(windows.alice) }),

    close,
  };
}

export function nameIn({ body }: Pick<Reply, "body">): string | null {
  const { user } = body;
  return typeof user === "object" && user !== null && "username" in user ? String(user.username) : null;
}
