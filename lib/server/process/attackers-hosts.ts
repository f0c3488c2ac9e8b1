import type { IncomingMessage, ServerResponse } from "node:http";
import type { LabAttacks } from "../../features/attacks/lab-attacks.ts";
import { answerBy } from "../../http/node-server.ts";
import type { GuardOptions } from "./guard-sockets.ts";

/**
 * Answers what is asked of the hosts of attacks at the socket, so none of it reaches Next.js, its pages or the edge: on
 * those hosts no address of the application exists.
 */
export function answersAttackersHosts(
  { hostOf, answerAtHosts }: Pick<LabAttacks, "hostOf" | "answerAtHosts">,
  report: (error: unknown) => void,
): NonNullable<GuardOptions["answersHost"]> {
  return (request: IncomingMessage, response: ServerResponse) => {
    const named = request.headers.host ?? "";
    const host = hostOf(named);
    if (host === null) return false;
    void answerBy((asked) => answerAtHosts(host, asked), `http://${named}`, request, response).catch(
      (error: unknown) => {
        report(error);
        response.destroy();
      },
    );
    return true;
  };
}
