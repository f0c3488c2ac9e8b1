import { holdingOf } from "../../../core/credential.ts";
import type { VariantId } from "../../../core/ids.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { type Captured, nothing } from "../../../lab/captured.ts";
import { createDevice, type Device, isSuccess, judged, type Reply } from "../../../lab/device.ts";
import type { Stage } from "../../../lab/stage.ts";
import { orUntried } from "../broken-answers.ts";
import { changedParts } from "./changed-parts.ts";
import type { RefusedForgery } from "./deciding-lines.ts";
import { type ForgeryCase, materialFor } from "./forgery-case.ts";
import { formOf } from "./form-of.ts";
import type { LabKeyRing } from "./lab-key-ring.ts";
import type { AgainstWeakness, CredentialForm, DecidingLine, ForgeryPlay, PlayedForgery } from "./model.ts";
import { forgeriesOf, toldOf } from "./table.ts";
import { algorithmOf, isToken } from "./token-parts.ts";
import { weaknesses } from "./weak/weaknesses.ts";

/** The keys of a lab, for what a case says that it needs, and for verifiers with a mistake. */
export type KeysOf = (labCookie: string, variant: VariantId) => Promise<LabKeyRing>;

export type ForgeryStage = {
  readonly stage: Stage;
  readonly keysOf: KeysOf;
  /** The line that refused it; `null`: none is known. */
  readonly lineAt: (refused: RefusedForgery, form: CredentialForm) => DecidingLine | null;
};

type Part = { readonly manifest: FlowManifest; readonly variant: Variant };

/** A login that is real, and the credential that every case is made from. */
type Real = {
  readonly part: Part;
  readonly labCookie: readonly [string, string];
  readonly credential: string;
  readonly form: CredentialForm;
  readonly keys: LabKeyRing;
};

/** Every case against one variant, in a lab of its own. The untouched credential goes first, and last. */
export function playForgeries(place: ForgeryStage, part: Part, signal?: AbortSignal): Promise<ForgeryPlay> {
  return orUntried(
    () => playAll(place, part, signal),
    (why) => ({ tried: false, why }),
  );
}

async function playAll(place: ForgeryStage, part: Part, signal?: AbortSignal): Promise<ForgeryPlay> {
  const { stage, keysOf } = place;
  const labCookie = await stage.openLab();
  try {
    const credential = await logIn(place, part, labCookie);
    if (credential === null) return { tried: false, why: "The login was refused." };
    const form = formOf(credential, part.variant);
    const real = { part, labCookie, credential, form, keys: await keysOf(labCookie[1], part.variant.id) };
    if (!(await getsIn(place, real))) return { tried: false, why: "The untouched credential was refused." };
    const cases: PlayedForgery[] = [];
    for (const each of forgeriesOf(form)) {
      // Whoever asked has gone, or the process ends.
      if (signal?.aborted) return { tried: false, why: "It was stopped." };
      cases.push(await playCase(place, real, each));
    }
    if (!(await getsIn(place, real))) return { tried: false, why: "The untouched credential is refused by now." };
    return { tried: true, form, cases };
  } finally {
    await clientOf(place, labCookie).send("POST", "/api/lab/reset");
  }
}

async function logIn(place: ForgeryStage, { manifest, variant }: Part, labCookie: Real["labCookie"]) {
  const client = clientOf(place, labCookie);
  const fields = { username: "alice", password: place.stage.passwords["alice"], variant: variant.id };
  await client.send("POST", `/api/${manifest.id}/login`, fields);
  const holding = holdingOf(variant, "access");
  if (holding?.travels !== "cookie") return client.accessToken;
  const value = client.cookies.get(holding.cookie);
  return value === undefined ? null : decodeURIComponent(value);
}

async function getsIn(place: ForgeryStage, real: Real): Promise<boolean> {
  return isSuccess(await sent(place, real, real.credential));
}

/** So many tokens of one case are sent. All of them are verified in the signer's own test. Of other forms all are sent. */
const tokensOfACase = 2;

/** Credentials of the case are sent, each as a real request. The case is as expected if every one is answered so. */
async function playCase(place: ForgeryStage, real: Real, forgery: ForgeryCase): Promise<PlayedForgery> {
  const made = forgery.make(materialFor(forgery, real));
  const mostSent = isToken(real.form) ? tokensOfACase : made.length;
  const replies: { readonly forged: string; readonly reply: Reply }[] = [];
  for (const forged of made.filter((each) => canTravel(each, real)).slice(0, mostSent)) {
    replies.push({ forged, reply: await sent(place, real, forged) });
  }
  const isExpected = (reply: Reply) => outcomeOf(reply) === forgery.expected;
  // What is not as expected is shown before what is.
  const shown = replies.find(({ reply }) => !isExpected(reply)) ?? replies[0];
  const at = shown ? await stepThatRefused(place, real, shown.forged) : null;
  return {
    ...toldOf(forgery),
    weakness: againstWeakness(forgery, real, made),
    defence: shown
      ? {
          status: shown.reply.status,
          code: shown.reply.code,
          at,
          line:
            at === null ? null : place.lineAt({ step: at, code: shown.reply.code, forged: shown.forged }, real.form),
        }
      : null,
    asExpected: made.length > 0 && replies.every(({ reply }) => isExpected(reply)),
    changed: changedParts(real.form, real.credential, shown?.forged ?? made[0] ?? ""),
  };
}

function outcomeOf(reply: Reply): string | null {
  return isSuccess(reply) ? "gets-in" : reply.code;
}

/** Whether one of them gets by the verifier with this mistake. */
function againstWeakness({ weakness }: ForgeryCase, { form, keys }: Real, made: readonly string[]): AgainstWeakness {
  if (typeof weakness !== "string") return weakness;
  const { title, accepts } = weaknesses[weakness];
  const own = keys.tokens[algorithmOf(form)];
  return { verifier: title, gotIn: made.some((each) => accepts(each, { form, keys, own })) };
}

/** A header carries no line breaks, and a bearer token no blanks. In a cookie such characters are encoded. */
function canTravel(forged: string, { part }: Real): boolean {
  return holdingOf(part.variant, "access")?.travels === "cookie" || /^[\x21-\x7e]+$/.test(forged);
}

async function sent(place: ForgeryStage, { part, labCookie }: Real, credential: string): Promise<Reply> {
  const holding = holdingOf(part.variant, "access");
  const held: Captured =
    holding?.travels === "cookie"
      ? { ...nothing, cookies: new Map([[holding.cookie, encodeURIComponent(credential)]]) }
      : { ...nothing, accessToken: credential };
  return judged(await clientOf(place, labCookie, held).send("GET", `/api/${part.manifest.id}/me`));
}

/** The same flow's look at it, which names the step. `null`: it got in, or its text is not taken there. */
async function stepThatRefused(
  place: ForgeryStage,
  { part, labCookie }: Real,
  credential: string,
): Promise<string | null> {
  const body = { flow: part.manifest.id, credential };
  const reply = await clientOf(place, labCookie).send("POST", "/api/lab/try", body);
  const { at } = reply.body;
  return typeof at === "string" ? at : null;
}

function clientOf({ stage }: ForgeryStage, labCookie: Real["labCookie"], held: Partial<Captured> = {}): Device {
  return createDevice({ ...stage, ...held, cookies: [labCookie, ...(held.cookies ?? [])] });
}
