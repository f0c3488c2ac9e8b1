import { auditPage } from "../../features/audit/audit-endpoint.ts";
import type { Application, LabContext } from "../../http/application.ts";
import { jarIn } from "../../http/endpoint.ts";
import { clientOf } from "../../http/request/client.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
import { labCookieOf } from "../../http/request/lab-cookie.ts";
import { settleCookies } from "../../http/request/settle-cookies.ts";
import type { AuditView, LabView } from "../../lab/lab-view.ts";
import type { MatrixView } from "../../lab/played-cells.ts";
import type { Foundation } from "../foundation.ts";
import type { Instruments } from "../instruments.ts";
import { viewLab } from "./view-lab.ts";

const shownEvents = 50;

/** The lab of a page's own request, as the page shows it. */
export type PageViews = {
  /** As `GET /api/lab` would answer it. `null`: there is none to show, outside lab mode or for what another site asked for. */
  lab(headers: Headers): Promise<LabView | null>;
  /** The newest events. */
  audit(headers: Headers): Promise<AuditView | null>;
  /** The matrix cells that this lab has played. */
  matrix(headers: Headers): Promise<MatrixView | null>;
};

export function createPageViews(foundation: Foundation, { matrix, attacks }: Instruments, app: Application): PageViews {
  const requestOf = (headers: Headers) => ({
    client: clientOf(new Request("http://page.invalid", { headers }), app.deviceOf),
    cookies: createRequestJar(headers.get("cookie")),
  });

  async function labContextOf(headers: Headers): Promise<LabContext | null> {
    const { cookies, client } = requestOf(headers);
    const cookie = labCookieOf(cookies);
    if (!app.labMode || !cookie) return null;
    const visit = await app.visit(cookie, { address: client.ip, writes: false });
    return "context" in visit ? visit.context : null;
  }

  return {
    async lab(headers) {
      const context = await labContextOf(headers);
      if (!context) return null;
      const { cookies, client } = requestOf(headers);
      const jar = jarIn(context, app, cookies);
      await settleCookies({ context, flows: app.flows, jar, client });
      return viewLab({ ...foundation, attacks }, context, { cookies: jar, client });
    },
    async audit(headers) {
      const context = await labContextOf(headers);
      return context && auditPage(context, { limit: shownEvents });
    },
    async matrix(headers) {
      const context = await labContextOf(headers);
      return context && matrix.view(context.lab.id);
    },
  };
}
