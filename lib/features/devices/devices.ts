import type { FlowId } from "../../core/ids.ts";
import { deviceCookie } from "../../http/password-attempts/device-cookie.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import { createDevice, type Device, isSuccess, type Reply, refreshBody, type Transport } from "../../lab/device.ts";
import { agentOf, type InsideDevice } from "../../lab/inside-devices.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";

const labsKept = 500;

export type Sent = {
  readonly device: InsideDevice;
  /** The flow whose login the request carries. */
  readonly flow: FlowId;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: object | undefined;
};

type OfLab = Map<string, Device>;

type DevicesOptions = {
  readonly transport: Transport;
  readonly origin: string;
  readonly memory: Pick<LabMemory, "byLab">;
};

/**
 * Clients inside the server, each with a cookie jar, tokens and a user agent of its own for each flow, as an
 * application on a phone has them. They send real requests to this process. In memory; a reset forgets them.
 */
export function createDevices({ transport, origin, memory }: DevicesOptions) {
  const labs = memory.byLab<OfLab>("devices", labsKept);

  function deviceOf(labId: string, labCookieValue: string, { device, flow }: Pick<Sent, "device" | "flow">): Device {
    const held: OfLab = labs.get(labId) ?? new Map();
    labs.set(labId, held);
    const key = `${device} ${flow}`;
    const known = held.get(key);
    if (known) return known;
    const cookies = [[labCookie.name, labCookieValue]] as const;
    const made = createDevice({ transport, origin, cookies, headers: { "user-agent": agentOf(device) } });
    held.set(key, made);
    return made;
  }

  return {
    async send(labId: string, labCookieValue: string, sent: Sent): Promise<Reply> {
      const device = deviceOf(labId, labCookieValue, sent);
      const { method, path, body } = sent;
      const kept = /\/(refresh|logout)$/.test(path) ? refreshBody(device) : undefined;
      const reply = await device.send(method, path, body ?? kept);
      // No answer takes a token out of a variable: an application forgets its own at its logout.
      if (path.endsWith("/logout") && isSuccess(reply)) {
        device.accessToken = null;
        device.refreshToken = null;
      }
      return reply;
    },

    /** The flows in which each device holds a credential. */
    view(labId: string): Readonly<Record<InsideDevice, readonly FlowId[]>> {
      const held = labs.get(labId);
      const flowsOf = (name: InsideDevice) =>
        [...(held ?? [])].flatMap(([key, device]) => {
          const [owner, flow = ""] = key.split(" ");
          return owner === name && holds(device) ? [flow] : [];
        });
      return { phone: flowsOf("phone"), admin: flowsOf("admin") };
    },
  };
}

export type Devices = ReturnType<typeof createDevices>;

/** Cookies that are no login's. */
const ofTheEdge: ReadonlySet<string> = new Set([labCookie.name, deviceCookie.name]);

function holds({ cookies, accessToken, refreshToken }: Device): boolean {
  return accessToken !== null || refreshToken !== null || [...cookies.keys()].some((name) => !ofTheEdge.has(name));
}
