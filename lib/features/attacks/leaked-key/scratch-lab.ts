import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { type Captured, nothing } from "../../../lab/captured.ts";
import { createDevice, type Device, isSuccess, judged, NotTried, type Reply } from "../../../lab/device.ts";
import type { Stage } from "../../../lab/stage.ts";
import { stepThatRefused } from "../step-that-refused.ts";
import type { Claimed, LabLeak } from "./lab-leak.ts";
import { forgedAs } from "./leaked-keys.ts";
import type { LinesOfRecords } from "./lines.ts";
import { cookieFor } from "./script.ts";

/** A variant with its flow. */
export type Part = { readonly manifest: FlowManifest; readonly variant: Variant };

/** Where a leaked key is tried: labs of this process, and the newest keys of each. */
export type LeakStage = {
  readonly stage: Stage;
  readonly leakOf: (labCookie: string) => Promise<LabLeak>;
  readonly lines: LinesOfRecords;
  readonly parts: readonly Part[];
};

export type Sent = { readonly reply: Reply; readonly at: string | null };

export type ScratchLab = Awaited<ReturnType<typeof openScratchLab>>;

/** A lab of its own, so that the visitor's keys and clock stay as they are. All in it are real requests. */
export async function openScratchLab({ stage, leakOf }: LeakStage) {
  const labCookie = await stage.openLab();
  const client = (held: Partial<Captured> = {}): Device =>
    createDevice({ ...stage, ...held, cookies: [labCookie, ...(held.cookies ?? [])] });

  async function change(path: string, body: object): Promise<Reply["body"]> {
    const reply = await client().send("POST", path, body);
    if (!isSuccess(reply)) throw new NotTried(`${path} of a scratch lab was answered ${reply.status}`);
    return reply.body;
  }

  /** Sends it, and says at which step the server stopped. */
  async function watched(device: Device, ...asked: Parameters<Device["send"]>): Promise<Sent> {
    const stop = stage.watch?.(labCookie);
    try {
      const reply = judged(await device.send(...asked));
      return { reply, at: isSuccess(reply) ? null : stepThatRefused(stop?.() ?? []) };
    } finally {
      stop?.();
    }
  }

  const holding = ({ variant }: Part, credential: string): Device => {
    const cookie = cookieFor(variant);
    if (cookie === null) return client({ ...nothing, accessToken: credential });
    return client({ ...nothing, cookies: new Map([[cookie, encodeURIComponent(credential)]]) });
  };

  return {
    leak: () => leakOf(labCookie[1]),

    /** A person's own client after a login; `null`: the login was refused. */
    async logIn({ manifest, variant }: Part, username: string): Promise<Device | null> {
      const device = client();
      const native = forgedAs(variant) === "other-client" ? { client: "native" } : {};
      const credentials = { username, password: stage.passwords[username], variant: variant.id, ...native };
      return isSuccess(await device.send("POST", `/api/${manifest.id}/login`, credentials)) ? device : null;
    },

    /** Asks for what the variant's credential is good for. */
    async ask(part: Part, device: Device): Promise<Reply> {
      const { manifest, variant } = part;
      const through = `/api/${manifest.id}/orders`;
      return judged(await device.send("GET", forgedAs(variant) === "service" ? through : meOf(part)));
    },

    /** Sends a credential alone: who is it? */
    read(part: Part, credential: string): Promise<Sent> {
      const service = "/api/services/orders";
      const address = forgedAs(part.variant) === "service" ? service : meOf(part);
      return watched(holding(part, credential), "GET", address);
    },

    /** Sends a credential alone: move a coin. */
    act: (part: Part, credential: string, to: string): Promise<Sent> =>
      watched(holding(part, credential), "POST", `/api/${part.manifest.id}/transfer`, { to, amount: 1 }),

    /** A person of the lab, as a credential names them. */
    async person(part: Part, username: string): Promise<Claimed | null> {
      const { people } = (await client().send("GET", "/api/lab")).body;
      const found = Array.isArray(people) ? people.find((each) => each.username === username) : undefined;
      if (!found) return null;
      const { id, displayName, role } = found;
      const leak = await leakOf(labCookie[1]);
      return { id, username, displayName, role, version: await leak.versionOf(part.manifest.id, id) };
    },

    rotate: (overlap: boolean) => change("/api/lab/keys/rotate", { overlap }),
    advance: (seconds: number) => change("/api/lab/clock", { advanceSeconds: seconds }),

    async choose(settings: object): Promise<void> {
      const reply = await client().send("PATCH", "/api/lab/settings", settings);
      if (!isSuccess(reply)) throw new NotTried(`The settings of a scratch lab were answered ${reply.status}`);
    },

    close: () => client().send("POST", "/api/lab/reset"),
  };
}

function meOf({ manifest }: Part): string {
  return `/api/${manifest.id}/me`;
}
