import type { CookieJar, CookieSpec } from "../../core/cookie.ts";
import { foldedName } from "../../core/text/person-name.ts";
import { day, type Instant, isInstant } from "../../core/time.ts";
import type { LabContext } from "../application.ts";
import type { KnownDevice } from "./password-limits.ts";

/**
 * Says in which persons' name somebody has logged in with this browser. It is no credential: it lets nobody in, and a
 * password is asked for all the same. Only a login reads it, from one of our own pages.
 */
export const deviceCookie = {
  name: "__Host-known-device",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const satisfies CookieSpec;

/** So long after the last right password a browser is known. */
const knownFor = 90 * day;

/** So many people's devices one browser can be: the last ones to log in. */
const mostPeople = 4;

/** A name as it is counted: a mark of it, in which its case and its normal form make no difference. */
export function markOfName({ knownDevices }: Pick<LabContext, "knownDevices">, username: string): string {
  return knownDevices.markOf(foldedName(username));
}

type DeviceTold = KnownDevice & { readonly until: Instant };
type DeviceState = { readonly devices: readonly DeviceTold[] };
type Place = Pick<LabContext, "knownDevices" | "clock">;

/** What the cookie says, if this lab signed it. */
export async function devicesIn({ knownDevices, clock }: Place, jar: CookieJar): Promise<readonly DeviceTold[]> {
  const read = await knownDevices.cookie.read(jar, deviceCookie, isDeviceState);
  return read.ok ? read.value.devices.filter(({ until }) => clock.now() < until) : [];
}

/** After a right password: from now on this browser is known for that person, under a new id with nothing counted. */
export async function rememberDevice(place: Place, jar: CookieJar, username: string): Promise<void> {
  const { knownDevices, clock } = place;
  const name = markOfName(place, username);
  const others = (await devicesIn(place, jar)).filter((each) => each.name !== name);
  const own = { name, id: knownDevices.newId(), until: clock.now() + knownFor };
  const devices = [...others, own].slice(-mostPeople);
  await knownDevices.cookie.write(jar, { ...deviceCookie, maxAge: knownFor / 1000 }, { devices });
}

function isDeviceState(value: unknown): value is DeviceState {
  const devices = typeof value === "object" && value !== null && "devices" in value ? value.devices : null;
  return Array.isArray(devices) && devices.every(isDeviceTold);
}

function isDeviceTold(value: unknown): value is DeviceTold {
  const { name, id, until } = Object(value);
  return typeof name === "string" && typeof id === "string" && isInstant(until);
}
