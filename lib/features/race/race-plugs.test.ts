import { expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { claimBefore, racePlugs } from "./plugs.ts";

const variants = flows.flatMap(({ manifest }) => [...manifest.variants]);

test("only a copy that is sent to a node without its login is refused before the plug", () => {
  const refused = racePlugs.flatMap((plug) =>
    variants.flatMap((variant) =>
      variant.holds
        .map(({ credential }) => ({ claim: claimBefore(variant, plug, { credential, thief: "silent" }) }))
        .filter(({ claim }) => claim !== null && claim.outcome !== "exposed")
        .map(({ claim }) => [plug.id, variant.id, claim?.outcome]),
    ),
  );
  expect(refused).toEqual(
    ["logout-elsewhere", "logout-elsewhere-cached"].map((id) => [id, "server-session/memory", "INVALID_CREDENTIAL"]),
  );
});
