import { type CredentialKind, cookiesOf } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Client } from "../../core/request.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { UserId } from "../../core/user.ts";
import type { LabContext } from "../application.ts";
import { addressOf, variantOf } from "./address.ts";
import type { RequestJar } from "./cookie-jar.ts";

/** So many cookies of one name are tried. */
const triedCookies = 8;

type Settling = {
  readonly context: LabContext;
  readonly flows: readonly FlowModule[];
  readonly jar: RequestJar;
  readonly client: Client;
};

/**
 * Chooses among several cookies of one name, which a browser sends if they were set under different Paths, Domains or
 * prefixes: the first that is accepted. Answers the names whose accepted cookies are of two people. Looks only: extends
 * and ends nothing. Without two cookies of a name nothing is asked.
 */
export async function settleCookies(settling: Settling): Promise<ReadonlySet<string>> {
  const ambiguous = new Set<string>();
  for (const each of namedBy(settling.flows)) {
    const sent = settling.jar.values(each.name).slice(0, triedCookies);
    if (sent.length > 1 && !(await settle(settling, each, sent))) ambiguous.add(each.name);
  }
  return ambiguous;
}

type Named = { readonly module: FlowModule; readonly kind: CredentialKind; readonly name: string };

const names = new WeakMap<readonly FlowModule[], readonly Named[]>();

/** The cookies in which these flows keep credentials. They are the same for the whole life of a process. */
function namedBy(flows: readonly FlowModule[]): readonly Named[] {
  const known = names.get(flows);
  if (known) return known;
  const named = flows.flatMap((module) =>
    (["access", "refresh"] as const).flatMap((kind) =>
      cookiesOf(module.manifest, kind).map((name) => ({ module, kind, name })),
    ),
  );
  names.set(flows, named);
  return named;
}

/** Answers whether all that are accepted are one person's. */
async function settle({ context, jar, client }: Settling, named: Named, sent: readonly string[]): Promise<boolean> {
  const tried = await Promise.all(
    sent.map(async (value) => ({ value, person: await personBehind({ context, client, ...named, value }) })),
  );
  const accepted = tried.filter(({ person }) => person !== null);
  // If a cookie's store does not answer, its person is unknown. Then the request is STORE_UNAVAILABLE as well.
  const first = accepted.find(({ person }) => person === unanswered) ?? accepted[0];
  if (first) jar.choose(named.name, first.value);
  return first?.person === unanswered || new Set(accepted.map(({ person }) => person)).size < 2;
}

type Tried = Pick<Settling, "context" | "client"> & Named & { readonly value: string };

const unanswered = Symbol("unanswered");

/** `null`: this cookie is not accepted here. */
async function personBehind({ context, module, client, kind, name, value }: Tried): Promise<UserId | symbol | null> {
  const { manifest } = module;
  const address = addressOf(value);
  if (address?.labId !== context.lab.id) return null;
  const id = variantOf(manifest.id, address);
  if (!context.lab.enabled.includes(id) || !manifest.variants.some((each) => each.id === id)) return null;
  const cookies = {
    get: (asked: string) => (asked === name ? { name, value } : undefined),
    set() {},
    fits: () => true,
  };
  const flow = context.flow(id, { client, trace: null });
  const request = { cookies, client };
  try {
    const found = kind === "access" ? await flow.authenticate(request, { touch: false }) : await flow.look?.(request);
    return found?.ok ? found.value.user.id : null;
  } catch (error) {
    if (error instanceof StoreUnavailable) return unanswered;
    throw error;
  }
}
