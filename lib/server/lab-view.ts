import type { FlowManifest } from "../core/flow.ts";
import type { LabView } from "../core/lab-view.ts";
import { flows } from "../flows/registry.ts";
import { clientOf } from "../http/client.ts";
import { createRequestJar } from "../http/cookie-jar.ts";
import { labCookie } from "../http/lab-cookie.ts";
import { application } from "./application.ts";

export type FlowSummary = Pick<FlowManifest, "id" | "title" | "trusts" | "therefore" | "presents" | "cookies">;

/** What a page says of each flow, from its manifest. */
export const flowSummaries: readonly FlowSummary[] = flows.map(({ manifest }) => {
  const { id, title, trusts, therefore, presents, cookies } = manifest;
  return { id, title, trusts, therefore, presents, cookies };
});

/**
 * The lab behind the cookies of a page's own request, as `GET /api/lab` would answer it. `null`: there is
 * none to show, outside lab mode or because this address opened too many.
 */
export async function readLabView(headers: Headers): Promise<LabView | null> {
  const { app } = await application();
  const jar = createRequestJar(headers.get("cookie"));
  const cookie = jar.get(labCookie.name)?.value;
  if (!app.labMode || !cookie) return null;
  const client = clientOf(new Request("http://page.invalid", { headers }), app.deviceOf);
  const visit = await app.visit(cookie, client.ip);
  return "world" in visit ? app.lab.view(visit.world, { cookies: jar, client }) : null;
}
