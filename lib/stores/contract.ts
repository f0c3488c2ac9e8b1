import { describe, test } from "vitest";

/** What every implementation of a port must do. Each title is a rule; its test gets a set-up of its own. */
export type Rules<LabContext> = Readonly<Record<string, (context: LabContext) => Promise<void>>>;

/** The same port three times: bound to one lab and flow, and to others that must never notice it. */
export type Neighbours<Port> = {
  readonly here: Port;
  readonly otherFlow: Port;
  readonly otherLab: Port;
};

/** Holds one store to its port's rules. */
export function holdTo<LabContext>(store: string, rules: Rules<LabContext>, open: () => Promise<LabContext>): void {
  describe(store, () => {
    for (const [rule, keeps] of Object.entries(rules)) {
      test(rule, async () => keeps(await open()));
    }
  });
}

/** How many of the answers were true. */
export async function winners(answers: readonly Promise<boolean>[]): Promise<number> {
  return (await Promise.all(answers)).filter(Boolean).length;
}
