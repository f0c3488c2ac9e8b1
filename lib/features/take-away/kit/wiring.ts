import { createNodeRandom } from "../../../adapters/node-random.ts";
import type { AuthFlow } from "../../../core/flow.ts";
import { refuse } from "../../../core/result.ts";
import { createServerSessionFlow } from "../../../flows/server-session/flow.ts";
import { manifest } from "../../../flows/server-session/manifest.ts";
import { secretsOf } from "./ports/ids-opaque.ts";
import { notAsked } from "./ports/not-asked.ts";
import { openPeople } from "./ports/people-in-sql.ts";
import { openRecords } from "./ports/records-in-sql.ts";
import { usersOf } from "./ports/users-in-sql.ts";
import { baseOf, consoleLog, type Surroundings } from "./surroundings.ts";

/** server-session/sql, bound to what it asks for. */
export async function openFlow(surroundings: Surroundings) {
  const place = await openPeople(baseOf(surroundings, manifest, "server-session/sql"));
  const users = usersOf(place);
  const kept = await openRecords(place);

  const flow: AuthFlow = createServerSessionFlow({
    variant: place.variant.id,
    settings: place.variant.settings,
    users,
    records: kept.records,
    data: kept.data,
    secrets: secretsOf(place),
    random: createNodeRandom(),
    clock: place.clock,
    log: consoleLog,
    refuse,
    ...notAsked("families", "revocation", "signer", "cookieState", "introspection"),
  });

  async function close(): Promise<void> {
    await kept.close();
    await place.close();
  }
  return { flow, manifest, variant: place.variant, close };
}
