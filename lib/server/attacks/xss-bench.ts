import { sensitiveEndpoints } from "../../features/account/sensitive-endpoints.ts";
import type { XssBench } from "../../features/attacks/xss/bench.ts";
import { loginEndpoints } from "../../features/logins/endpoints.ts";
import { belowEachFlow } from "../../http/operation.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import { createDispatch, joinEndpoints } from "../../http/router.ts";
import { createCleanUp } from "../clean-up.ts";
import { demoPasswords } from "../demo-people.ts";
import type { Foundation } from "../foundation.ts";
import { costless, edgeApart } from "./edge-apart.ts";

/** Labs for one page each of an injected script. There is no address of the lab behind this edge. */
export function createXssBench(foundation: Foundation): XssBench {
  let made: ReturnType<typeof wired> | null = null;
  return {
    async open(settings) {
      made ??= wired(foundation);
      const { contexts, inside, dispatch } = made;
      const cookie = contexts.mintLabCookie();
      const { lab } = await contexts.open(contexts.labIdOf(cookie));
      if (Object.keys(settings).length > 0) await contexts.changeSettings(lab.id, settings);
      return {
        transport: dispatch,
        origin: foundation.env.origin,
        labCookie: [labCookie.name, cookie],
        passwords: demoPasswords,
        pass: async (by) => void (await contexts.advanceClock(lab.id, by, by)),
        async close() {
          await createCleanUp(inside).remove(lab);
          await contexts.settle();
        },
      };
    },
  };
}

function wired(foundation: Foundation) {
  const { contexts, inside, app } = edgeApart(foundation, costless);
  const endpoints = [loginEndpoints, sensitiveEndpoints].map((each) => belowEachFlow(foundation.flows, each));
  return { contexts, inside, dispatch: createDispatch(app, joinEndpoints(endpoints)) };
}
