import { cookiesOf, takesBearer } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Application } from "../application.ts";
import type { Operation } from "../operation.ts";
import { deviceCookie } from "../password-attempts/device-cookie.ts";
import { labCookie } from "../request/lab-cookie.ts";

/** Alternatives, each a set of credentials that are needed together. `{}`: none is needed. */
export type Security = readonly Readonly<Record<string, readonly string[]>>[];

type Proving = Pick<Application, "flows" | "labMode">;

const schemesOfPrograms = {
  bearer: { type: "http", scheme: "bearer", description: "An access token of a flow that hands one out (RFC 6750)." },
  gateway: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The gateway's own token for the service behind it. No client ever sees one.",
  },
  labClient: {
    type: "http",
    scheme: "basic",
    description: "The lab's own OAuth client, as `GET /api/lab` tells it (RFC 6749 §2.3.1).",
  },
};

/**
 * Every cookie by its name, and the credentials of `Authorization`. `beside`: cookies that some operations need in
 * addition to a login.
 */
export function securitySchemes(
  { flows, labMode }: Proving,
  beside: readonly string[],
): Readonly<Record<string, unknown>> {
  const cookies = [
    ...flows.flatMap(({ manifest }) =>
      manifest.cookies.map(({ name }) => cookieScheme(name, `A cookie of the flow ${manifest.id}.`)),
    ),
    ...beside.map((name) => cookieScheme(name, "A short session beside a login.")),
  ];
  const lab = { type: "apiKey", in: "cookie", name: labCookie.name, description: "Says which lab a request is in." };
  const device = {
    ...{ type: "apiKey", in: "cookie", name: deviceCookie.name },
    description: "Says in whose name somebody has logged in with this browser before. It lets nobody in.",
  };
  return {
    ...(labMode && { [labCookie.name]: lab }),
    [deviceCookie.name]: device,
    ...Object.fromEntries(cookies),
    ...schemesOfPrograms,
  };
}

function cookieScheme(name: string, description: string): readonly [string, unknown] {
  return [name, { type: "apiKey", in: "cookie", name, description }];
}

/** `module`: the flow below whose name the operation stands; `null`: below none. */
export function securityOf(operation: Operation, module: FlowModule | null, app: Proving): Security {
  const { reads } = operation;
  const needed = neededBy(operation, module, app);
  if (reads === undefined) return needed;
  const without = needed.length > 0 ? needed : [{}];
  return [...without, ...without.map((each) => ({ ...each, [reads]: [] }))];
}

function neededBy({ by, lab, beside }: Operation, module: FlowModule | null, { flows, labMode }: Proving): Security {
  const asked = module ? [module] : flows;
  const inLab: Security = labMode && lab !== "none" ? [{ [labCookie.name]: [] }] : [];
  const access = alternatives(asked, "access");
  switch (by) {
    case undefined:
      return inLab.length > 0 ? [{}, ...inLab] : [];
    case "lab-or-admin":
      return labMode ? [{}, ...inLab] : access;
    case "renewal":
      return [...alternatives(asked, "refresh"), ...access, {}];
    case "lab-client":
      return [{ labClient: [] }];
    case "gateway":
      return [{ gateway: [] }];
    default:
      return beside === undefined ? access : access.map((each) => ({ ...each, [beside]: [] }));
  }
}

function alternatives(flows: readonly FlowModule[], kind: "access" | "refresh"): Security {
  const cookies = flows.flatMap(({ manifest }) => cookiesOf(manifest, kind));
  const bearer = kind === "access" && flows.some(({ manifest }) => takesBearer(manifest));
  return [...new Set(cookies), ...(bearer ? ["bearer"] : [])].map((name) => ({ [name]: [] }));
}
