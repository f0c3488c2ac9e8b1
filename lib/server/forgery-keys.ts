import type { LabKeys } from "../adapters/derived-keys.ts";
import type { VariantId } from "../core/ids.ts";
import type { KeysByAlgorithm, LabKeyRing } from "../features/attacks/forgery/lab-key-ring.ts";
import type { Lab } from "../lab/lab.ts";
import type { Foundation } from "./foundation.ts";
import { deriveKeys } from "./labs/lab-keys.ts";

/** The keys of a lab that attacks are made and tried with. Only lab mode asks for them. */
export function forgeryKeys(
  { env, labContexts }: Pick<Foundation, "env" | "labContexts">,
  lab: Lab,
  variant: VariantId,
): LabKeyRing {
  const keys = labContexts.keysOf(lab);
  const elsewhere = deriveKeys(env, { ...lab, id: "0".repeat(20) }, [1]);
  const [cookie] = keys.cookieSigning(variant);
  const [seal] = keys.sealing(variant);
  return { tokens: newestOf(keys), elsewhere: newestOf(elsewhere), cookie, seal };
}

/** The same, of the lab of this cookie. Throws if there is none. */
export function forgeryKeysOf(foundation: Pick<Foundation, "env" | "labContexts">) {
  return async (labCookie: string, variant: VariantId): Promise<LabKeyRing> => {
    const context = await foundation.labContexts.find(foundation.labContexts.labIdOf(labCookie));
    if (!context) throw new Error("There is no lab of this cookie");
    return forgeryKeys(foundation, context.lab, variant);
  };
}

function newestOf({ signing }: LabKeys): KeysByAlgorithm {
  return { EdDSA: signing("EdDSA")[0], ES256: signing("ES256")[0], HS256: signing("HS256")[0] };
}
