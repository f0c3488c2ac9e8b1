import type { IncomingMessage, ServerResponse } from "node:http";
import type { LabAttacks } from "../../features/attacks/lab-attacks.ts";
import { answerBy } from "../../http/node-server.ts";
import type { GuardOptions } from "./guard-sockets.ts";

/**
 * Answers what is asked of the hosts of attacks at the socket, so none of it reaches Next.js, its pages or the edge: on
 * those hosts no address of the application exists. Pages of attacks at the victim's host are answered here as well,
 * because Next.js adds headers of its own, and what such a page does without them is what is shown.
 */
export function answersAttackersHosts(
  { hostOf, answerAtHosts, victimsPageAt }: Pick<LabAttacks, "hostOf" | "answerAtHosts" | "victimsPageAt">,
  report: (error: unknown) => void,
): NonNullable<GuardOptions["answersHost"]> {
  return (request: IncomingMessage, response: ServerResponse, peer: string) => {
    const named = request.headers.host ?? "";
    const host = hostOf(named);
    const answer =
      host === null
        ? victimsPageAt(named, request.url ?? "/")
        : (asked: Request): Promise<Response> => answerAtHosts(host, asked);
    if (answer === null) return false;
    void answerBy(answer, `http://${named}`, request, response, peer).catch((error: unknown) => {
      report(error);
      response.destroy();
    });
    return true;
  };
}
