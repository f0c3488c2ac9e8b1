import type { VariantId } from "../../core/ids.ts";
import type { Grant } from "../../core/login.ts";
import type { LabContext } from "../../http/application.ts";
import { liveLoginsOf } from "../../http/live-logins.ts";
import type { Call } from "../../http/operation.ts";
import { networkOf } from "../../http/request/network.ts";

/**
 * Writes down (WSTG-SESS-11) that a login began while another one of the same person was live from a different place: another
 * address (of IPv6 another network, since a device changes the rest by itself) or another device. Two places may be a person's own; only they can tell, so only they are told. A variant
 * that keeps no record has no login to name.
 */
export async function noteParallelLogin(
  call: Call,
  context: LabContext,
  grant: Grant,
  variant: VariantId,
): Promise<void> {
  const { client, about } = call;
  const { user, recordId } = grant;
  if (recordId === undefined) return;
  // It is no part of logging in, so it is not among the steps that are shown of it.
  const { logins } = await liveLoginsOf({ ...call, trace: null }, context, user.id);
  const elsewhere = logins
    .filter(
      ({ id, ip, device }) => id !== recordId && (networkOf(ip) !== networkOf(client.ip) || device !== client.device),
    )
    .map(({ device, ip }) => `${device}, ${ip}`);
  const places = [...new Set(elsewhere)];
  if (places.length === 0) return;
  const named = places.slice(0, shown).join(" and from ");
  const rest = places.length > shown ? ` and from ${places.length - shown} other places` : "";
  const detail = `another login was live from ${named}${rest}`;
  context.audit({ type: "parallel-login", userId: user.id, recordId, detail }, { client, flow: about.flow, variant });
}

const shown = 3;
