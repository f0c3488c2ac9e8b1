import { cookiesOf, provesByHeader, takesBearer } from "../../core/credential.ts";
import type { DecodedView } from "../../core/decoding.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Principal } from "../../core/login.ts";
import type { FlowRequest } from "../../core/request.ts";
import { type Refused, refuse } from "../../core/result.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { presetNames, second } from "../../core/time.ts";
import { identityOf } from "../../core/user.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { sensitiveDataIn } from "../../features/credential/sensitive-data.ts";
import type { LabContext, ReadHits } from "../../http/application.ts";
import { addressOf, variantOf } from "../../http/request/address.ts";
import type { RecordView } from "../../lab/feed/record-view.ts";
import { issuerOf, type Person } from "../../lab/lab.ts";
import { inLab } from "../../lab/lab-settings.ts";
import type { CredentialView, HeldView, LabView, LoginView, PersonView, VariantView } from "../../lab/lab-view.ts";
import { beliefOf } from "../../lab/reason/belief.ts";
import { judgingOf } from "../../lab/reason/judging.ts";
import { reasonOf } from "../../lab/reason/reason.ts";
import { inUsualOrder } from "../demo-people.ts";
import type { Foundation } from "../foundation.ts";
import type { Instruments } from "../instruments.ts";
import { decodedView } from "./decoded-view.ts";
import { heldRecords } from "./held-records.ts";

/** One lab as the sender of this request sees it. Reads without extending a login. */
export async function viewLab(
  foundation: Foundation & Pick<Instruments, "attacks">,
  context: LabContext,
  request: FlowRequest,
): Promise<LabView> {
  const { flows, systemClock, attacks } = foundation;
  const { lab, clock } = context;
  const people = inUsualOrder(await context.people.list());
  const names = new Map(people.map(({ id, username }) => [id, username]));
  // Before this page looks by itself.
  const hits = new Map(flows.map(({ manifest: { id } }) => [id, context.readHits(id)]));
  const held = flows.map(async (module) => {
    const readCache = hits.get(module.manifest.id);
    const { records, unanswered, setAside, recordIdOf } = await heldRecords(foundation, context, module, names);
    const decode = (value: string) => viewDecoded(foundation, context, module, value);
    const credentials = await Promise.all(
      credentialsOf(request, module).map((each) => viewCredential(each, decode, recordIdOf)),
    );
    const login = await viewLogin(context, request, module, records);
    return [
      module.manifest.id,
      {
        ...{ login, credentials, records, unanswered },
        ...(setAside.length > 0 && { setAside }),
        ...(readCache && { readCache }),
      },
    ] satisfies [string, HeldView];
  });
  return {
    lab: { id: lab.id, madeAt: iso(lab.createdAt), expiresAt: lab.expiresAt === null ? null : iso(lab.expiresAt) },
    clock: { now: iso(clock.now()), systemNow: iso(systemClock.now()), offsetSeconds: lab.clockOffset / second },
    people: await Promise.all(people.map((person) => viewPerson(foundation, person))),
    variants: flows.flatMap(({ manifest }) =>
      manifest.variants.map((each) =>
        viewVariant(manifest.id, inLab(lab.settings, each), hits.get(manifest.id) ?? null),
      ),
    ),
    settings: {
      defaults: Object.fromEntries(flows.map(({ manifest }) => [manifest.id, context.defaultVariant(manifest.id)])),
      enabled: lab.enabled,
      ...lab.settings,
      lifetimePresets: presetNames,
    },
    weaknesses: attacks.weaknesses(lab.id),
    oauth: oauthOf(foundation, context),
    held: Object.fromEntries(await Promise.all(held)),
  };
}

/** The password, if it is still the public one. */
async function viewPerson({ env, demoPassword }: Foundation, person: Person): Promise<PersonView> {
  const password = env.labMode ? await demoPassword(person) : null;
  return { ...identityOf(person), disabled: person.disabled, password, balance: person.balance };
}

function oauthOf({ env, labContexts }: Foundation, { lab }: LabContext): LabView["oauth"] {
  const [{ id: clientId, secret: clientSecret }] = labContexts.oauthClients(lab);
  return { issuer: issuerOf(env.origin, lab.id), clientId, clientSecret };
}

function viewVariant(flow: string, variant: Variant, found: ReadHits | null): VariantView {
  const { id, title, summary, safety, settings, holds, cannot } = variant;
  const lifetimes = Object.entries(settings.lifetimes).map(([name, duration]) => [name, duration / second]);
  const {
    revocation,
    store = null,
    encoding = null,
    algorithm = null,
    logout = "revokes",
    proof = null,
    inside = null,
  } = settings;
  // Only variants that give the page a token have a place for it.
  const { storage = algorithm !== null && provesByHeader(variant) ? "memory" : null } = settings;
  const lifetimesSeconds = Object.fromEntries(lifetimes);
  return {
    id,
    flow,
    title,
    summary,
    belief: beliefOf(variant) + hitsInWords(variant, found),
    safety,
    settings: { revocation, store, encoding, algorithm, logout, proof, inside, storage, lifetimesSeconds },
    holds,
    cannot,
  };
}

/** Beside what it believes: how often it did, in all variants of its flow. */
function hitsInWords({ settings }: Variant, found: ReadHits | null): string {
  if (!found || judgingOf(settings, "access").staleFor === null) return "";
  const { hits, misses } = found;
  return ` Its read cache answered ${hits} of ${hits + misses} look-ups.`;
}

async function viewLogin(
  context: LabContext,
  request: FlowRequest,
  { manifest }: FlowModule,
  records: readonly RecordView[] | null,
): Promise<LoginView> {
  const credential = shownTo(manifest, request);
  if (!credential) return { accepted: false, code: "NO_CREDENTIAL" };
  const address = addressOf(credential);
  const variant = address?.labId === context.lab.id ? variantOf(manifest.id, address) : null;
  const offered = manifest.variants.find(({ id }) => id === variant);
  if (!variant || !offered || !context.lab.enabled.includes(variant)) {
    const at = address?.labId === context.lab.id ? "variant" : "lab";
    return refusedLogin(context, offered ?? manifest.variants[0], refuse("INVALID_CREDENTIAL", at));
  }
  const flow = context.flow(variant, { client: request.client, trace: null });
  // A header with another flow's credential is ignored here.
  const { bearer: _, ...cookiesOnly } = request;
  const asked = bearerFor(manifest, request) ? request : cookiesOnly;
  const principal = await flow.authenticate(asked, { touch: false }).catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return refuse("STORE_UNAVAILABLE");
    throw error;
  });
  if (!principal.ok) return refusedLogin(context, offered, principal);
  const { user, issuedAt, expiresAt, recordId = null } = principal.value;
  const record = records?.find(({ id }) => id === recordId);
  const ends = endsOf(principal.value, record);
  return { accepted: true, user, variant, issuedAt: iso(issuedAt), expiresAt: iso(expiresAt), ends, recordId };
}

/** No plug is known here: the step says what stopped it. */
function refusedLogin({ lab }: LabContext, variant: Variant, { code, at }: Refused): LoginView {
  const { settings } = inLab(lab.settings, variant);
  const reason = reasonOf(variant, settings, null, "access", { seen: "refused", code, decidedBy: at ?? null });
  return { accepted: false, code, reason };
}

/** The ends and the record of a credential. A refresh family and its access token have ends of their own. */
function endsOf({ ends = {}, expiresAt }: Principal, record: RecordView | undefined) {
  const known = Object.entries(ends).map(([name, at]) => [name, iso(at)]);
  const recorded = !record
    ? {}
    : record.kind === "session"
      ? { ...(record.idleEndsAt && { idle: record.idleEndsAt }), absolute: record.endsAt }
      : { access: iso(expiresAt), refresh: record.endsAt };
  return { ...Object.fromEntries(known), ...recorded };
}

/** The access credential: a bearer token for this flow decides alone, as in the flow. */
function shownTo(manifest: FlowManifest, request: FlowRequest): string | undefined {
  const inCookie = cookiesOf(manifest, "access").map((name) => request.cookies.get(name)?.value);
  return bearerFor(manifest, request) ?? inCookie.find(Boolean);
}

/** The bearer token of this request, if it names this flow. */
function bearerFor(manifest: FlowManifest, { bearer }: FlowRequest): string | undefined {
  const address = bearer && takesBearer(manifest) ? addressOf(bearer) : null;
  const own = address && manifest.variants.some(({ id }) => id === variantOf(manifest.id, address));
  return own ? bearer : undefined;
}

function credentialsOf(request: FlowRequest, { manifest }: FlowModule): readonly { name: string; value: string }[] {
  const cookies = manifest.cookies.flatMap(({ name }) => request.cookies.get(name) ?? []);
  const bearer = bearerFor(manifest, request);
  return bearer ? [{ name: "access token", value: bearer }, ...cookies] : cookies;
}

/** The readable parts of a credential of this flow, and how the server verifies it in this lab. */
export function viewDecoded(
  { env, labContexts }: Pick<Foundation, "env" | "labContexts">,
  { lab, clock }: LabContext,
  { manifest }: FlowModule,
  value: string,
): Promise<DecodedView | null> {
  return decodedView(value, manifest, { lab, clock, origin: env.origin, keys: () => labContexts.keysOf(lab) });
}

async function viewCredential(
  { name, value }: { name: string; value: string },
  decode: (credential: string) => Promise<DecodedView | null>,
  recordIdOf: (credential: string) => string | null,
): Promise<CredentialView> {
  // As it travels: what a cookie may not hold is percent-encoded.
  const bytes = Buffer.byteLength(name) + 1 + encodeURIComponent(value).length;
  const decoded = await decode(value);
  return { name, value, bytes, decoded, warnings: sensitiveDataIn(decoded?.payload), recordId: recordIdOf(value) };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
