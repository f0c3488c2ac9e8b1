import { isSuccess } from "../../../lab/device.ts";
import { declaredForm } from "../forgery/form-of.ts";
import type { CredentialForm } from "../forgery/model.ts";
import { expectedOf } from "./expected.ts";
import type { Claimed, LabLeak } from "./lab-leak.ts";
import { forgedAs, publicKeys } from "./leaked-keys.ts";
import type { Answered, PlayedVariant } from "./model.ts";
import { recipeOf } from "./recipe.ts";
import type { LeakStage, Part, ScratchLab, Sent } from "./scratch-lab.ts";
import { saidTwice, underOwnKey, written } from "./write-credential.ts";

/** Whom the thief wants to be, and with which key. */
export type Theft = { readonly key: string; readonly as: string };

type Place = Pick<LeakStage, "lines"> & { readonly lab: ScratchLab };

/** One variant. `null`: the sanity check failed: a real login does not get in. */
export async function playVariant(place: Place, part: Part, theft: Theft): Promise<PlayedVariant | null> {
  const { lab } = place;
  const honest = await lab.logIn(part, "alice");
  if (!honest || !isSuccess(await lab.ask(part, honest))) return null;
  const leak = await lab.leak();
  const person = await lab.person(part, theft.as);
  if (!person) return null;
  const order = { leak, variant: part.variant, key: theft.key, person };
  const recipe = recipeOf(order);
  const withoutKey = (await lab.read(part, written(underOwnKey(recipe)))).reply.code;
  const credential = written(recipe);
  const sent = await lab.read(part, credential);
  const reads = { ...answered(place, part, sent, { credential, leak }), ...toldByService(sent, person) };
  const acts = await actsWith(place, part, credential, theft.as);
  const forged = forgedAs(part.variant);
  const told = { variant: part.variant.id, forgedAs: forged, withoutKey, reads, acts };
  const twice = theft.key === publicKeys ? null : await twiceIn(place, part, order);
  const expected = expectedOf(theft.key, part.variant);
  const asExpected = withoutKey !== null && reads.code === expected.reads && (acts?.code ?? null) === expected.acts;
  return { ...told, twice, asExpected };
}

/** The service behind the gateway says the id of the person whom its token names. */
function toldByService({ reply: { body } }: Sent, { id, username, role }: Claimed): Partial<Answered> {
  return body["subject"] === id ? { as: { username, role } } : {};
}

/** A coin of the person whom the credential names goes to somebody else. */
async function actsWith(place: Place, part: Part, credential: string, as: string): Promise<Answered | null> {
  if (forgedAs(part.variant) === "service") return null;
  const sent = await place.lab.act(part, credential, as === "bob" ? "alice" : "bob");
  const { status, code } = sent.reply;
  const line = sent.at === "ended record" ? place.lines.ofAct() : lineOf(place, part, sent, credential);
  return { status, code, as: null, until: null, seconds: null, at: sent.at, line };
}

/** Two members of one name under a good signature: which one counts, or is neither taken? */
async function twiceIn(place: Place, part: Part, order: Parameters<typeof recipeOf>[0]): Promise<Answered | null> {
  const recipe = recipeOf(order);
  const text = saidTwice(recipe);
  if (text === null) return null;
  const credential = written(recipe, text);
  return answered(place, part, await place.lab.read(part, credential), { credential, leak: order.leak });
}

/** What was answered to `read`. */
export function answered(
  place: Pick<Place, "lines">,
  part: Part,
  sent: Sent,
  { credential, leak }: { readonly credential: string; readonly leak: Pick<LabLeak, "now"> },
): Answered {
  const { status, code, body } = sent.reply;
  const until = typeof body["expiresAt"] === "string" ? body["expiresAt"] : null;
  return {
    ...{ status, code, until, at: sent.at },
    as: personIn(body["user"]),
    seconds: until === null ? null : Math.ceil((Date.parse(until) - leak.now) / 1000),
    line: lineOf(place, part, sent, credential),
  };
}

/** The line that refused; of what got in, the line that was asked last and believed it. */
function lineOf({ lines }: Pick<Place, "lines">, { variant }: Part, { reply, at }: Sent, forged: string) {
  const form = formOf(variant);
  const believed = form === "sealed-cookie" ? "seal" : "signature";
  return lines.ofRead({ step: reply.code === null ? believed : at, code: reply.code, forged, form });
}

function formOf(variant: Part["variant"]): CredentialForm {
  const { algorithm } = variant.settings;
  return forgedAs(variant) === "browser" || algorithm === undefined ? declaredForm(variant) : algorithm;
}

function personIn(user: unknown): Answered["as"] {
  if (typeof user !== "object" || user === null || !("username" in user) || !("role" in user)) return null;
  return { username: String(user.username), role: user.role === "admin" ? "admin" : "user" };
}
