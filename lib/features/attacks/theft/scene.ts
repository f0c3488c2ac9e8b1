import { type CredentialKind, holdingName, holdingOf } from "../../../core/credential.ts";
import type { Strictness } from "../../../core/settings.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { peerAddressHeader } from "../../../http/request/client.ts";
import { type Captured, carrying } from "../../../lab/captured.ts";
import { createDevice, type Device, isSuccess, NotTried } from "../../../lab/device.ts";
import type { Exchange } from "../../../lab/feed/exchange.ts";
import { tryToGetIn } from "../../../lab/performance.ts";
import type { Stage } from "../../../lab/stage.ts";
import { stepThatRefused } from "../step-that-refused.ts";
import type { PlayedTheft, SenderTold, TheftAnswer } from "./model.ts";
import { home } from "./senders.ts";

/** A variant with its flow. */
export type Part = { readonly manifest: FlowManifest; readonly variant: Variant };

type Client = Pick<SenderTold, "userAgent" | "address">;
type Sent = { readonly answer: Omit<TheftAnswer, "noted">; readonly arrived: PlayedTheft["arrived"] };

/** An event about a client that is not the one of its login. */
type Note = { readonly id: number; readonly type: TheftAnswer["noted"]; readonly ip: string; readonly device: string };

export type Scene = Awaited<ReturnType<typeof enterScene>>;

/** The lab of a play. All in it are real requests. */
export async function enterScene(stage: Stage, part: Part) {
  const { manifest, variant } = part;
  const labCookie = await stage.openLab();
  let lastNote = 0;
  // Without a socket, the address is what the socket layer would pass on.
  const clientOf = ({ userAgent, address }: Client, held: Partial<Captured> = {}): Device =>
    createDevice({
      ...{ ...stage, ...held, cookies: [labCookie, ...(held.cookies ?? [])] },
      headers: { "user-agent": userAgent, [peerAddressHeader]: address },
    });

  return {
    /** From now on logins are held to their clients in this way. */
    async bind(binding: Strictness): Promise<void> {
      const change = { binding: { userAgent: binding, ip: binding } };
      const reply = await clientOf(home).send("PATCH", "/api/lab/settings", change);
      if (!isSuccess(reply)) throw new NotTried(`The settings of a theft's lab were answered ${reply.status}`);
    },

    /** alice's own browser after a login; `null`: it was refused. */
    async logIn(): Promise<Device | null> {
      const device = clientOf(home);
      const credentials = { username: "alice", password: stage.passwords["alice"], variant: variant.id };
      return isSuccess(await device.send("POST", `/api/${manifest.id}/login`, credentials)) ? device : null;
    },

    /** The copy that the thief has of one of her credentials. `null`: her browser has none of this kind. */
    copyOf(alice: Device, credential: CredentialKind): Captured | null {
      return carrying(holdingOf(variant, credential), alice);
    },

    /** Sends it from that client: an access credential asks who it is, a refresh token is exchanged. */
    async send(from: Client, credential: CredentialKind, copy: Captured | null): Promise<Sent> {
      const stop = stage.watch?.(labCookie);
      const reply = await tryToGetIn(clientOf(from, copy ?? {}), part, credential);
      const exchanges = (stop?.() ?? []).filter(({ flow }) => flow === manifest.id);
      const { status, code, body } = reply;
      const at = code === null ? null : stepThatRefused(exchanges);
      const answer = { status, code, as: nameIn(body["user"]), at };
      return { answer, arrived: { ...arrivedIn(exchanges), address: from.address, credential: nameOf(credential) } };
    },

    /** What was noted of other clients since this was last asked. */
    async newNotes(): Promise<readonly Note[]> {
      const { events } = (await clientOf(home).send("GET", "/api/audit?limit=200")).body;
      const notes: readonly Note[] = Array.isArray(events) ? events.filter(({ type }) => noted.has(type)) : [];
      const fresh = notes.filter(({ id }) => id > lastNote);
      lastNote = Math.max(lastNote, ...fresh.map(({ id }) => id));
      return fresh;
    },

    close: () => clientOf(home).send("POST", "/api/lab/reset"),
  };

  function nameOf(credential: CredentialKind): string {
    const holding = holdingOf(variant, credential);
    return holding ? holdingName(holding) : "";
  }
}

function arrivedIn(exchanges: readonly Exchange[]) {
  const { request, device = "" } = exchanges.at(-1) ?? {};
  const userAgent = request?.headers.find(([name]) => name === "user-agent")?.[1] ?? "";
  return { line: request ? `${request.method} ${request.path}` : "", userAgent, device };
}

const noted: ReadonlySet<unknown> = new Set<TheftAnswer["noted"]>(["client-changed", "client-refused"]);

function nameIn(user: unknown): string | null {
  return typeof user === "object" && user !== null && "username" in user ? String(user.username) : null;
}
