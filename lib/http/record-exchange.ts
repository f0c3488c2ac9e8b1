import type { FlowId } from "../core/ids.ts";
import { isRefusalCode, type RefusalCode } from "../core/refusal.ts";
import type { Client } from "../core/request.ts";
import type { CallNotMade, Exchange, Header, HeldThen, SourceLine, TraceStep } from "../lab/feed/exchange.ts";
import { boundedHeld } from "../lab/feed/held-then.ts";
import type { Application, LabContext, StepRecorder } from "./application.ts";
import { withoutPasswords, withoutSecrets, withoutTypedNames } from "./masked-text.ts";
import type { Call } from "./operation.ts";
import { problemType } from "./problem.ts";
import { clientOf } from "./request/client.ts";
import { createRequestJar } from "./request/cookie-jar.ts";
import { labCookieOf } from "./request/lab-cookie.ts";
import { pathOf } from "./request/path.ts";

/** The headers that concern logging in. A page shows no others. */
const told = new Set([
  ...["authorization", "content-type", "cookie", "host", "origin", "referer", "sec-fetch-site", "user-agent"],
  ...[
    "allow",
    "cache-control",
    "clear-site-data",
    "loginscope-late",
    "loginscope-network",
    "loginscope-node",
    "retry-after",
    "set-cookie",
    "vary",
    "www-authenticate",
  ],
]);
const maxBodyText = 4096;
/** Two of the largest cookies. */
const maxHeaderText = 8192;
const maxSteps = 200;

type Recorded = {
  readonly request: Request;
  /** The body as text; "" if it was empty, or not read. */
  readonly body: string;
  readonly client: Client;
  /**
   * This operation is judged by its `Authorization` header alone, in the lab of its address. Cookies on the request
   * belong to another login, so they are left out.
   */
  readonly withoutCookies?: boolean;
};

type Told = {
  readonly about: Pick<Call["about"], "flow" | "variant">;
  /** Whether the request came with the lab's cookie or a credential that verified. */
  readonly proof: Promise<boolean>;
  /** What the server held before the request, and what it holds now. */
  readonly heldSince: HeldSince;
};

type HeldSince = () => Promise<HeldThen | undefined>;

const nothingHeld: HeldSince = async () => undefined;

/**
 * Looks at what the server holds of the flow of this request, and answers what to call after the request. Looks only
 * while a page reads the stream of this lab: it costs a few reads of the stores.
 */
export async function lookAtHeld(app: Application, request: Request, context: LabContext | null): Promise<HeldSince> {
  const flow = context && app.exchanges.isStreamed(context.lab.id) ? flowIn(app, request) : null;
  if (!context || flow === null) return nothingHeld;
  // Recording only informs an open page: if it fails, the answer stays the same.
  const look = (lab: LabContext) =>
    app.heldOf(lab, flow).catch((error: unknown) => {
      app.report(error);
      return undefined;
    });
  const before = await look(context);
  return async () => {
    // A first login writes the lab, so it is read again.
    const lab = await app.findLabContext(context.lab.id);
    const after = lab ? await look(lab) : undefined;
    return before === undefined || after === undefined ? undefined : boundedHeld({ before, after });
  };
}

/** The flow whose address this is. */
function flowIn({ flows }: Application, request: Request): FlowId | null {
  const path = pathOf(request.url);
  return flows.find(({ manifest }) => path.startsWith(`/api/${manifest.id}/`))?.manifest.id ?? null;
}

/**
 * Records one exchange of a watched lab. It contains credentials, for the lab that owns them, but never a password and
 * never the lab cookie.
 */
export function recordExchange(app: Application, { request, body: sent, client, withoutCookies }: Recorded) {
  const startedAt = performance.now();
  const sinceStart = () => performance.now() - startedAt;
  const steps: TraceStep[] = [];
  const notMade: CallNotMade[] = [];
  // Bounded: by the codes; it ends with the request.
  const ends = new Map<Exchange["code"], SourceLine>();
  const trace: StepRecorder = {
    startedAt,
    record(step) {
      if (steps.length < maxSteps) steps.push(step);
    },
    notMade(call) {
      const isTold = notMade.some(({ did, at }) => did === call.did && at?.line === call.at?.line);
      if (!isTold && notMade.length < maxSteps) notMade.push({ ...call, after: steps.length });
    },
    steps: () => [...steps],
    refused(did, { code, at }) {
      const found = at === undefined ? code : `${code} at ${at}`;
      // The refusing step is kept, however many other steps there are.
      const step: TraceStep = { actor: "edge", did, found, startedAfter: Math.round(sinceStart() * 1000), took: 0 };
      steps.splice(maxSteps - 1, 1, step);
    },
    stopped(code) {
      const isTold = steps.some(({ found }) => found === code || found.startsWith(`${code} `));
      if (!isTold) trace.refused(edgeSteps[code], { ok: false, code });
    },
    ended: (code, line) => void ends.set(code, line),
  };

  return {
    trace,
    async publish({ lab, clock }: LabContext, response: Response, { about, proof, heldSince }: Told) {
      const { pathname } = new URL(request.url);
      const took = sinceStart();
      const proved = await proof;
      const held = await heldSince();
      const body = response.body ? await response.clone().text() : null;
      const code = codeOf(response, body);
      if (code !== null) trace.stopped(code);
      const refusedAt = ends.get(code);
      app.exchanges.publish(lab.id, {
        at: clock.now() - Math.round(took),
        clockOffset: lab.clockOffset,
        flow: about.flow,
        variant: about.variant,
        action: pathname.split("/").at(-1) ?? "",
        device: client.device,
        request: {
          method: request.method,
          path: pathname,
          headers: headersOf(request.headers).filter(([name]) => name !== "cookie" || !withoutCookies),
          body: sent ? withoutPasswords(sent, request.headers.get("content-type")).slice(0, maxBodyText) : null,
        },
        response: {
          status: response.status,
          headers: headersOf(response.headers),
          body: body === null ? null : withoutTypedNames(body).slice(0, maxBodyText),
        },
        code,
        steps: trace.steps(),
        ...(notMade.length > 0 && { notMade }),
        ...(refusedAt && { refusedAt }),
        ...(!proved && { unproved: true }),
        ...(held && { held }),
        took,
      });
    },
  };
}

/** The edge's own check behind a refusal, if no port and no flow refused. */
const edgeSteps: Readonly<Record<RefusalCode, string>> = {
  NOT_FOUND: "address",
  METHOD_NOT_ALLOWED: "method",
  NOT_SUPPORTED: "operation",
  CROSS_SITE_REQUEST: "origin",
  BAD_REQUEST: "body",
  UNSUPPORTED_MEDIA_TYPE: "body",
  PAYLOAD_TOO_LARGE: "body",
  UNPROCESSABLE: "body",
  TOO_MANY_REQUESTS: "limit",
  NO_CREDENTIAL: "credential",
  INVALID_CREDENTIAL: "credential",
  EXPIRED: "credential",
  CLIENT_CHANGED: "credential",
  REUSE_DETECTED: "credential",
  REVOKED: "person",
  BAD_CREDENTIALS: "password",
  REAUTHENTICATION_REQUIRED: "recency",
  FORBIDDEN: "role",
  LAST_ADMIN: "admins",
  AMBIGUOUS_CREDENTIALS: "people",
  SUPERSEDED: "earlier login",
  STORE_UNAVAILABLE: "answer",
  OVERLOADED: "line",
};

/**
 * Records a request that was refused before its lab was resolved. It is told in the lab of its lab cookie, if a page
 * watches that lab. Creates no lab and does not change the answer. The body is left out: it was not parsed, so it may
 * hold a password anywhere.
 */
export async function recordRefused(app: Application, request: Request, response: Response): Promise<void> {
  const cookie = labCookieOf(createRequestJar(request.headers.get("cookie")));
  if (!app.labMode || response.status < 400 || cookie === null) return;
  const labId = app.labIdOf(cookie);
  const context = app.exchanges.isWatched(labId) ? await app.findLabContext(labId) : null;
  if (!context) return;
  const { publish } = recordExchange(app, { request, body: "", client: clientOf(request, app.deviceOf) });
  const about = { flow: flowIn(app, request), variant: null };
  await publish(context, response, { about, proof: Promise.resolve(true), heldSince: nothingHeld });
}

function headersOf(headers: Headers): readonly Header[] {
  return [...headers]
    .filter(([name]) => told.has(name))
    .map(([name, value]): Header => [name, withoutSecrets(name, value).slice(0, maxHeaderText)]);
}

function codeOf(response: Response, body: string | null): Exchange["code"] {
  if (response.headers.get("content-type") !== problemType || !body) return null;
  const { code } = JSON.parse(body);
  return isRefusalCode(code) ? code : null;
}
