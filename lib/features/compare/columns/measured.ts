import type { StepActor, TraceStep } from "../../../lab/feed/exchange.ts";
import type { Cell, Column, MeasuredAction, MeasuredCall, SizedPart, VariantMeasurement } from "../model.ts";
import type { ColumnMaker, Subject } from "./subject.ts";

type CellText = Pick<Cell, "text" | "short" | "order" | "detail">;

/** `null`: this variant has no such request. */
type ReadMeasurement = (measured: VariantMeasurement, call: MeasuredCall, subject: Subject) => CellText | null;

type ColumnText = Pick<Column, "id" | "title" | "how">;

/** A column that is filled from one of the requests that were really sent. */
function measured(named: ColumnText, action: MeasuredAction, read: ReadMeasurement): ColumnMaker {
  return {
    column: { ...named, measured: true },
    cell(subject) {
      const { variant, measured: known } = subject;
      const sources: Cell["sources"] = [{ kind: "evidence", variant: variant.id, part: action }];
      if (known === null) return { text: "measuring…", order: null, sources };
      if ("missing" in known) return { text: "not here", detail: known.missing, order: null, sources };
      const call = known.calls.find((each) => each.action === action);
      const found = call && read(known, call, subject);
      // What is absent is so by what the browser holds.
      return found ? { ...found, sources } : { text: "has none", order: null, sources: [subject.declared("holds")] };
    },
  };
}

const inRequest = (part: SizedPart) => part.in === "cookie" || part.in === "authorization";

function bytes(parts: readonly SizedPart[]): CellText {
  const sum = parts.reduce((total, part) => total + part.bytes, 0);
  const detail = parts.map((part) => `${part.name} ${part.bytes}`).join(", ");
  return { text: String(sum), order: sum, ...(detail && { detail }) };
}

export const cookieColumn = measured(
  {
    id: "cookies",
    title: "Cookies set",
    how: "The Set-Cookie lines of a real login: name and attributes, but for the cookie of a known device. Without Max-Age a cookie ends with the browser, or with the server's decision.",
  },
  "login",
  (_, { received }) => {
    const set = received.filter((part) => part.in === "set-cookie");
    const text = set.map(({ name, attributes }) => `${name} ${attributes}`).join(" · ");
    return { text: text || "none", short: set.map(({ name }) => name).join(", ") || "none", order: set.length };
  },
);

export const measuredSecurityColumns: readonly ColumnMaker[] = [
  measured(
    {
      id: "cross-site",
      title: "Another site's POST",
      how: "A transfer of coins as another site's page would have the browser send it, with every cookie that was set and no header of its own. SameSite is left aside: what the server itself answers.",
    },
    "cross-site",
    (_, { status, code }) => ({
      text: code ?? String(status),
      short: code === null ? String(status) : "refused",
      order: status,
    }),
  ),
  measured(
    {
      id: "rotates",
      title: "Refresh gives a new refresh credential",
      how: "One refresh, really made: is what the client holds afterwards another one than it showed?",
    },
    "refresh",
    ({ rotated }) => (rotated === null ? null : { text: rotated ? "yes" : "no", order: Number(rotated) }),
  ),
];

export const sizeColumns: readonly ColumnMaker[] = [
  measured(
    {
      id: "request-bytes",
      title: "On each request, bytes",
      how: "Every cookie pair and the value of Authorization that a client sends along when it asks who it is. The lab's own cookie and that of a known device are left out: they are the same with every flow. How long a variant's name is counts too: each credential carries it.",
    },
    "me",
    (_, { sent }) => bytes(sent.filter(inRequest)),
  ),
  measured(
    {
      id: "set-cookie-bytes",
      title: "Set-Cookie at login, bytes",
      how: "The Set-Cookie lines of a login, attributes included, but for the cookie of a known device.",
    },
    "login",
    (_, { received }) => bytes(received.filter((part) => part.in === "set-cookie")),
  ),
  measured(
    {
      id: "body-bytes",
      title: "Tokens in the body at login, bytes",
      how: "access_token and refresh_token of a login's answer.",
    },
    "login",
    (_, { received }) => bytes(received.filter((part) => part.in === "body")),
  ),
  measured(
    {
      id: "refresh-bytes",
      title: "A refresh gives, bytes",
      how: "Set-Cookie lines and tokens in the body of a refresh's answer.",
    },
    "refresh",
    (_, { received }) => bytes(received),
  ),
];

/** Who holds something outside the flow that can be asked. */
const asking: readonly StepActor[] = ["store", "users", "service"];
const computing: readonly StepActor[] = ["keys", "cookie", "secrets"];

/** Counts a policy only if it looks something up. */
function isAsking({ actor }: TraceStep, { variant }: Subject): boolean {
  return asking.includes(actor) || (actor === "policy" && variant.settings.revocation !== "none");
}

function steps(found: readonly TraceStep[]): CellText {
  const detail = found.map(({ actor, did }) => `${actor} ${did}`).join(", ");
  return { text: String(found.length), order: found.length, ...(detail && { detail }) };
}

const requests = [
  { action: "me", title: "A request" },
  { action: "login", title: "Login" },
  { action: "refresh", title: "Refresh" },
  { action: "logout", title: "Logout" },
] as const;

const howSteps =
  "Counted in the trace of a real request. What a session service asks itself in turn is not in it, and neither is the lab's own configuration.";

export const costColumns: readonly ColumnMaker[] = requests.flatMap(({ action, title }) => [
  measured(
    {
      id: `${action}-asks`,
      title: `${title}: look-ups`,
      how: `Calls to the store, the people, the session service, and a policy that asks one of them. A store in memory or in a cache answers without a way outside. ${howSteps}`,
    },
    action,
    (_, call, subject) => steps(call.steps.filter((step) => isAsking(step, subject))),
  ),
  measured(
    {
      id: `${action}-computes`,
      title: `${title}: cryptography`,
      how: `Calls to keys, cookie encoding and secrets: signing, verifying, sealing, hashing, drawing random bits. ${howSteps}`,
    },
    action,
    (_, call) => steps(call.steps.filter(({ actor }) => computing.includes(actor))),
  ),
]);
