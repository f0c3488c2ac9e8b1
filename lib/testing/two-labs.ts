import { expect } from "vitest";
import type { VariantId } from "../core/ids.ts";
import { findVariant } from "../flows/registry.ts";
import { labCookie } from "../http/request/lab-cookie.ts";
import { isForgeable } from "./forgeable.ts";
import { readdressed } from "./readdressed.ts";
import type { TestApplication } from "./test-application.ts";
import { createVisitor, enterLab, type Reply, type Visitor } from "./visitor.ts";

/**
 * Two labs: a person is logged in `here`, and no person `there`. The smugglers are clients in `there` with all
 * credentials of `here`: unchanged, and rewritten to name the other lab.
 */
export async function twoLabs(
  app: TestApplication,
  variant: VariantId,
  username = "alice",
  /** Actions `here` before the credentials are smuggled. */
  first?: (here: Visitor) => Promise<Reply>,
) {
  const [here, there] = [await enterLab(app), await enterLab(app)];
  expect((await here.logIn(variant, { username })).status).toBe(200);
  if (first) expect((await first(here)).status).toBe(200);
  const [from, to] = [labIdOf(app, here), labIdOf(app, there)];
  const asTheyAre = smuggle(app, here, there, (value) => value);
  const rewritten = smuggle(app, here, there, (value) => readdressed(value, from, to));
  // A credential that can be written without a key is no proof in any lab; the experiments show that.
  const found = findVariant(variant);
  const forgeable = found !== undefined && isForgeable(found);
  return { here, there, smugglers: forgeable ? [asTheyAre] : [asTheyAre, rewritten] };
}

function smuggle(app: TestApplication, here: Visitor, there: Visitor, wrap: (value: string) => string): Visitor {
  const credentials = [...here.cookies].filter(([name]) => name !== labCookie.name);
  const smuggler = createVisitor(app, [
    [labCookie.name, labCookieOf(there)],
    ...credentials.map(([name, value]) => [name, wrap(value)] as const),
  ]);
  smuggler.accessToken = here.accessToken && wrap(here.accessToken);
  return smuggler;
}

export function labCookieOf({ cookies }: Visitor): string {
  return cookies.get(labCookie.name) ?? "";
}

export function labIdOf(app: TestApplication, visitor: Visitor): string {
  return app.labContexts.labIdOf(labCookieOf(visitor));
}

/** The people of a visitor's lab, by username. */
export async function idsOfPeople(visitor: Visitor): Promise<ReadonlyMap<string, string>> {
  const { people } = (await visitor.another().get("/api/lab")).body;
  if (!Array.isArray(people)) throw new Error("This visitor sees no people");
  return new Map(people.map((person) => [String(person.username), idOf(person)]));
}

export function idOf(value: unknown): string {
  if (typeof value !== "object" || value === null || !("id" in value)) throw new Error("There is no id");
  return String(value.id);
}
