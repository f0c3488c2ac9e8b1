import { cookieEncodings } from "../../adapters/cookie-encodings.ts";
import { createCookieState } from "../../adapters/cookie-state.ts";
import type { LabKeys } from "../../adapters/derived-keys.ts";
import type { Random } from "../../core/ports.ts";
import type { KnownDevices } from "../../http/application.ts";

/** No variant has this name, so no variant's key signs a device. */
const place = "edge/known-device";

/** The cookie of known devices, signed as `cookie/signed` is, under a key of its own in each lab. */
export function knownDevicesIn(labId: string, keys: LabKeys, random: Random): KnownDevices {
  const address = `${labId}.known-device`;
  return {
    cookie: createCookieState(address, cookieEncodings.signed({ address, variant: place, keys })),
    markOf: keys.markOf,
    newId: random.id,
  };
}
