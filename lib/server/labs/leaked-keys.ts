import type { LabLeak, NamedKey } from "../../features/attacks/leaked-key/lab-leak.ts";
import type { LabContext } from "../../http/application.ts";
import { acceptedAt } from "../../lab/key-ring.ts";
import { issuerOf } from "../../lab/lab.ts";
import { inLab } from "../../lab/lab-settings.ts";
import { createPrismaUsers } from "../../stores/prisma/prisma-users.ts";
import type { Foundation } from "../foundation.ts";

type Needed = Pick<Foundation, "env" | "labContexts" | "database" | "passwords">;

/** The newest keys of a lab, for the attack with a leaked one. Only lab mode asks for them. */
export function leakIn({ env, labContexts, database, passwords }: Needed, { lab, clock }: LabContext): LabLeak {
  const keys = labContexts.keysOf(lab);
  const now = clock.now();
  const [newest, ...replaced] = acceptedAt(lab, now);
  const ends = lab.acceptedKeys.flatMap(({ generation, until }) =>
    replaced.includes(generation) && until !== null ? until : [],
  );
  const named = <Key>(under: Readonly<Record<string, Key>>): NamedKey<Key> => {
    const keyId = String(newest);
    const key = under[keyId];
    if (key === undefined) throw new Error(`There is no key of generation ${keyId}`);
    return { keyId, key };
  };
  return {
    labId: lab.id,
    issuer: issuerOf(env.origin, lab.id),
    now,
    overlapEnds: ends.length > 0 ? Math.max(...ends) : null,
    tokens: {
      EdDSA: keys.signing("EdDSA")[0],
      ES256: keys.signing("ES256")[0],
      HS256: keys.signing("HS256")[0],
    },
    hmacOf: (variant, use) => named((use === "id" ? keys.idSigning(variant) : keys.cookieSigning(variant))[0]),
    sealOf: (variant) => named(keys.sealing(variant)[0]),
    lifetimesOf: (variant) => inLab(lab.settings, variant).settings.lifetimes,
    async versionOf(flow, user) {
      const users = createPrismaUsers({ ...database, labId: lab.id, flow, passwords });
      return (await users.find(user))?.version ?? 0;
    },
  };
}

/** The same, of the lab of this cookie. Throws if there is none. */
export function leakOf(foundation: Needed) {
  return async (labCookie: string): Promise<LabLeak> => {
    const context = await foundation.labContexts.find(foundation.labContexts.labIdOf(labCookie));
    if (!context) throw new Error("There is no lab of this cookie");
    return leakIn(foundation, context);
  };
}
