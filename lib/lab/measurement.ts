import type { Exchange, Header } from "../core/exchange.ts";
import type { FlowManifest, Variant } from "../core/flow.ts";
import { holdingOf } from "../core/holding.ts";
import type { MeasuredAction, MeasuredCall, SizedPart, VariantMeasurement } from "../core/variant-table.ts";
import type { Stage } from "./actors.ts";
import { createDevice, type Device, refreshBody } from "./device.ts";
import { nextExchange, watchLab } from "./watch-lab.ts";

type Subject = { readonly manifest: FlowManifest; readonly variant: Variant; readonly stage: Stage };

/** What another site's page can have a browser send: a POST, with whatever cookies there are, and no header of its own. */
const fromAnotherSite = { origin: "https://another.example", "sec-fetch-site": "cross-site" };

/**
 * Logs in with a variant, asks, is misused by another site, refreshes and logs out, in a lab that is there for nothing else and
 * is watched, so that the server's steps are on record. Answers sizes and steps, and no credential. A string: why
 * nobody could log in.
 */
export async function measure({ manifest, variant, stage }: Subject): Promise<VariantMeasurement | string> {
  const labCookie = await stage.openLab();
  const device = createDevice({ ...stage, cookies: [labCookie] });
  const watching = await watchLab(stage, labCookie);
  const calls: MeasuredCall[] = [];
  const api = `/api/${manifest.id}`;
  const tell = async (action: MeasuredAction, path: string) => {
    const exchange = await nextExchange(watching, path);
    calls.push(callOf(action, exchange, labCookie[0]));
    return exchange;
  };
  try {
    const password = await passwordOf(device, "alice");
    await device.send("POST", `${api}/login`, { username: "alice", password, variant: variant.id });
    const { response, code } = await tell("login", `${api}/login`);
    if (response.status !== 200) return `its login answered ${response.status} ${code ?? ""}`.trim();

    await device.send("GET", `${api}/me`);
    await tell("me", `${api}/me`);

    const misused = createDevice({ ...stage, cookies: device.cookies, headers: fromAnotherSite });
    await misused.send("POST", `${api}/transfer`, { to: "bob", amount: 1 });
    await tell("cross-site", `${api}/transfer`);

    const rotated = await refresh(device, variant, api, () => tell("refresh", `${api}/refresh`));
    await device.send("POST", `${api}/logout`, refreshBody(device));
    await tell("logout", `${api}/logout`);
    return { calls, rotated };
  } finally {
    await watching.cancel();
    await createDevice({ ...stage, cookies: [labCookie] }).send("POST", "/api/lab/reset");
  }
}

/** `null`: there is nothing to refresh with. Otherwise, whether what came back is another one. */
async function refresh(
  device: Device,
  variant: Variant,
  api: string,
  told: () => Promise<unknown>,
): Promise<boolean | null> {
  const holding = holdingOf(variant, "refresh");
  if (!holding) return null;
  const held = () => (holding.travels === "cookie" ? device.cookies.get(holding.cookie) : device.refreshToken);
  const before = held();
  await device.send("POST", `${api}/refresh`, refreshBody(device));
  await told();
  return held() !== before;
}

async function passwordOf(device: Device, username: string): Promise<unknown> {
  const { people } = (await device.send("GET", "/api/lab")).body;
  return Array.isArray(people) ? people.find((person) => person.username === username)?.password : undefined;
}

function callOf(action: MeasuredAction, { request, response, code, steps }: Exchange, labCookie: string): MeasuredCall {
  return {
    action,
    request: `${request.method} ${request.path}`,
    status: response.status,
    code,
    sent: [...request.headers.flatMap((header) => sentIn(header, labCookie)), ...tokensIn(request.body)],
    received: [...response.headers.flatMap(receivedIn), ...tokensIn(response.body)],
    steps: steps.filter(({ actor }) => actor !== "flow"),
  };
}

function sentIn([name, value]: Header, labCookie: string): readonly SizedPart[] {
  if (name === "authorization") return [{ in: "authorization", name: "Bearer", bytes: bytesOf(value) }];
  if (name !== "cookie") return [];
  return value
    .split("; ")
    .map((pair): SizedPart => ({ in: "cookie", name: nameOf(pair), bytes: bytesOf(pair) }))
    .filter((part) => part.name !== labCookie);
}

function receivedIn([name, value]: Header): readonly SizedPart[] {
  if (name !== "set-cookie") return [];
  const [pair = "", ...attributes] = value.split("; ");
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
