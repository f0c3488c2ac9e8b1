import { isSuccess } from "../../../lab/device.ts";
import { isSignedBy, readLoosely } from "../forgery/weak/signature.ts";
import { publicKeys } from "./leaked-keys.ts";
import type { PlayedService } from "./model.ts";
import { answered, type Theft } from "./play-variants.ts";
import { recipeOf } from "./recipe.ts";
import type { LeakStage, Part, ScratchLab } from "./scratch-lab.ts";
import { written } from "./write-credential.ts";

/**
 * Service B is given what it needs to verify the application's tokens, and is taken over. Under HS256 that is the secret
 * itself; under the other algorithms it is the public half, and its thief has nothing to sign with.
 */
export async function playService(
  place: Pick<LeakStage, "lines"> & { readonly lab: ScratchLab },
  part: Part,
  { as }: Theft,
): Promise<PlayedService | null> {
  const { lab } = place;
  const { id, settings } = part.variant;
  const leak = await lab.leak();
  const own = leak.tokens[settings.algorithm ?? "EdDSA"];
  const held = own.publicKey ?? own.privateKey;
  const honest = await lab.logIn(part, "alice");
  const real = readLoosely(honest?.accessToken ?? "");
  const person = await lab.person(part, as);
  if (!honest || !isSuccess(await lab.ask(part, honest)) || !person) return null;
  // What service B holds makes what it can: with a secret the same token, with a public key the best that is known.
  const key = own.publicKey ? publicKeys : own.algorithm;
  const credential = written(recipeOf({ leak, variant: part.variant, key, person }));
  const sent = await lab.read(part, credential);
  return {
    variant: id,
    holds: own.publicKey ? "public-key" : "secret",
    verifies: real !== null && isSignedBy(real.input, real.signature, held),
    forged: answered(place, part, sent, { credential, leak }),
  };
}

/** One variant for each algorithm: the first whose client shows its token. */
export function partsOfServices(parts: readonly Part[]): readonly Part[] {
  const shown = parts.filter(({ variant: { holds, settings } }) => settings.algorithm && holds[0].travels === "bearer");
  return shown.filter(
    ({ variant }, index) =>
      shown.findIndex((each) => each.variant.settings.algorithm === variant.settings.algorithm) === index,
  );
}
