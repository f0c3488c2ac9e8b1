import { holdingOf } from "../../core/credential.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { deviceCookie } from "../../http/password-attempts/device-cookie.ts";
import { labCookie as cookieOfLab } from "../../http/request/lab-cookie.ts";
import { createDevice, type Device, refreshBody } from "../../lab/device.ts";
import type { Exchange, Header } from "../../lab/feed/exchange.ts";
import type { Stage } from "../../lab/stage.ts";
import {
  type MeasuredAction,
  type MeasuredCall,
  measuredActions,
  type SizedPart,
  type VariantMeasurement,
} from "./model.ts";

/** Where what is sent can be watched. */
export type WatchedStage = Stage & Required<Pick<Stage, "watch">>;

type Subject = {
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  readonly stage: WatchedStage;
};

/** A request that another site's page can cause: a POST with the browser's cookies and without a header of its own. */
const fromAnotherSite = { origin: "https://another.example", "sec-fetch-site": "cross-site" };

/** Where each of the requests goes, below the flow's own address. */
const paths: Readonly<Record<MeasuredAction, string>> = {
  login: "login",
  me: "me",
  "cross-site": "transfer",
  refresh: "refresh",
  logout: "logout",
};

/**
 * Logs in with a variant, asks, sends a forged cross-site request, refreshes and logs out, in a watched lab of its own,
 * so that the server's steps are recorded. Answers sizes and steps, and no credential. A string: why the login failed.
 */
export async function measure({ manifest, variant, stage }: Subject): Promise<VariantMeasurement | string> {
  const labCookie = await stage.openLab();
  const watched = stage.watch(labCookie);
  const device = createDevice({ ...stage, cookies: [labCookie] });
  const at = (action: MeasuredAction) => `/api/${manifest.id}/${paths[action]}`;
  try {
    const password = await passwordOf(device, "alice");
    const login = { username: "alice", password, variant: variant.id };
    const { status, code } = await device.send("POST", at("login"), login);
    if (status !== 200) return `its login answered ${status} ${code ?? ""}`.trim();
    await device.send("GET", at("me"));
    const misused = createDevice({ ...stage, cookies: device.cookies, headers: fromAnotherSite });
    await misused.send("POST", at("cross-site"), { to: "bob", amount: 1 });
    const rotated = await refresh(device, variant, at("refresh"));
    await device.send("POST", at("logout"), refreshBody(device));

    const exchanges = watched();
    const calls = measuredActions.flatMap((action) => {
      const exchange = exchanges.find(({ request }) => request.path === at(action));
      return exchange ? [callOf(action, exchange)] : [];
    });
    return { calls, rotated };
  } finally {
    watched();
    await createDevice({ ...stage, cookies: [labCookie] }).send("POST", "/api/lab/reset");
  }
}

/** `null`: the variant has no refresh credential. Otherwise whether the refresh gave a different one. */
async function refresh(device: Device, variant: Variant, path: string): Promise<boolean | null> {
  const holding = holdingOf(variant, "refresh");
  if (!holding) return null;
  const held = () => (holding.travels === "cookie" ? device.cookies.get(holding.cookie) : device.refreshToken);
  const before = held();
  await device.send("POST", path, refreshBody(device));
  return held() !== before;
}

async function passwordOf(device: Device, username: string): Promise<unknown> {
  const { people } = (await device.send("GET", "/api/lab")).body;
  return Array.isArray(people) ? people.find((person) => person.username === username)?.password : undefined;
}

/** The cookies of the edge are the same with every flow. */
const ofTheEdge: ReadonlySet<string> = new Set([cookieOfLab.name, deviceCookie.name]);

function callOf(action: MeasuredAction, { request, response, code, steps }: Exchange): MeasuredCall {
  return {
    action,
    request: `${request.method} ${request.path}`,
    status: response.status,
    code,
    sent: [...request.headers.flatMap(sentIn), ...tokensIn(request.body)],
    received: [...response.headers.flatMap(receivedIn), ...tokensIn(response.body)],
    steps: steps.filter(({ actor }) => actor !== "flow"),
  };
}

function sentIn([name, value]: Header): readonly SizedPart[] {
  if (name === "authorization") return [{ in: "authorization", name: "Bearer", bytes: bytesOf(value) }];
  if (name !== "cookie") return [];
  return value
    .split("; ")
    .map((pair): SizedPart => ({ in: "cookie", name: nameOf(pair), bytes: bytesOf(pair) }))
    .filter((part) => !ofTheEdge.has(part.name));
}

function receivedIn([name, value]: Header): readonly SizedPart[] {
  if (name !== "set-cookie") return [];
  const [pair = "", ...attributes] = value.split("; ");
  if (ofTheEdge.has(nameOf(pair))) return [];
  return [{ in: "set-cookie", name: nameOf(pair), bytes: bytesOf(value), attributes: attributes.join("; ") }];
}

/** RFC 6749 §5.1: the members of a body that are credentials. */
function tokensIn(body: string | null): readonly SizedPart[] {
  const members: object = body?.startsWith("{") ? JSON.parse(body) : {};
  return Object.entries(members).flatMap(([name, value]): readonly SizedPart[] =>
    /^(?:access|refresh)_token$/.test(name) && typeof value === "string"
      ? [{ in: "body", name, bytes: bytesOf(value) }]
      : [],
  );
}

function nameOf(pair: string): string {
  return pair.slice(0, pair.indexOf("="));
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
