import { tooMany } from "../answers.ts";
import type { LabContext } from "../application.ts";
import type { Call } from "../operation.ts";
import { networkOf } from "../request/network.ts";
import { devicesIn, markOfName } from "./device-cookie.ts";

type Reserved =
  | { readonly refused: Response }
  | {
      readonly refused: null;
      giveBack(): Promise<void>;
      /**
       * Does the work that verifies the password: its hashes wait in the line of this network. Where it throws (OVERLOADED,
       * the caller has hung up, a store does not answer) nothing was judged, and the attempt does not count.
       */
      verify<T>(work: () => Promise<T>): Promise<T>;
    };

/**
 * Reserves an attempt at this person's password. Before it is verified, so that attempts at the same moment all count;
 * and without a look at whether anybody has that name, so that every name is counted alike (ASVS 6.3.8). Whoever finds
 * the password right gives it back.
 */
export async function reserveAttempt(
  { app, jar, client, request }: Pick<Call, "app" | "jar" | "client" | "request">,
  context: LabContext,
  username: string,
): Promise<Reserved> {
  const devices = await devicesIn(context, jar);
  const network = networkOf(client.ip);
  const { wait, by, giveBack, undo } = await app.limits.password.reserve({
    lab: context.lab.id,
    network,
    name: markOfName(context, username),
    devices,
  });
  if (wait !== null) return { refused: tooMany(wait, by === "name" ? waitsByName : undefined) };
  // By network alone: labs cost nothing, and a line for each would be as many turns as somebody has labs.
  const asking = { who: network, gone: request.signal };
  return {
    refused: null,
    giveBack,
    verify: (work) =>
      app.passwords.askedBy(asking, work).catch(async (error: unknown) => {
        await undo();
        throw error;
      }),
  };
}

const waitsByName =
  "A hundred passwords in a row were wrong for this name. Each further wrong one doubles the wait, up to an hour. A browser in which this person has logged in before does not wait.";
