import { flows } from "../../../flows/registry.ts";
import type { Scenario, Step } from "../scenario.ts";
import { alice } from "./people.ts";

type Api = `/api/${string}`;

/** Two logins of one person: what is listed, and which of them ends. */
function sessionCalls(api: Api): readonly Step[] {
  return [
    { by: "alice", sends: `POST ${api}/login`, body: alice },
    { by: "phone", sends: `POST ${api}/login`, body: { ...alice, remember: true } },
    { by: "phone", sends: `GET ${api}/sessions` },
    { by: "phone", sends: `POST ${api}/revoke`, body: { session: "no-such-session" } },
    { by: "phone", sends: `POST ${api}/revoke`, body: { scope: "others" } },
    { by: "alice", sends: `GET ${api}/me` },
    { by: "phone", sends: `POST ${api}/revoke`, body: { scope: "current" } },
    { by: "phone", sends: `GET ${api}/me` },
    { by: "phone", sends: `POST ${api}/revoke`, body: { scope: "all" } },
  ];
}

/** What is kept with a login, and coins: above a limit only after the password was given lately. */
function ownCalls(api: Api): readonly Step[] {
  return [
    { by: "alice", sends: `POST ${api}/login`, body: alice },
    { by: "alice", sends: `PUT ${api}/data/cart`, body: { value: { items: ["tea", "milk"], paid: false } } },
    { by: "alice", sends: `PUT ${api}/data/step`, body: { value: 2 } },
    { by: "alice", sends: `GET ${api}/data` },
    { by: "alice", sends: `GET ${api}/data/cart` },
    { by: "alice", sends: `DELETE ${api}/data/cart` },
    { by: "alice", sends: `GET ${api}/data/cart` },
    { by: "alice", sends: `DELETE ${api}/data/cart` },
    { by: "alice", sends: `GET ${api}/data/Not-A-Key` },
    { by: "alice", sends: `POST ${api}/transfer`, body: { to: "bob", amount: 60 } },
    { by: "alice", sends: `POST ${api}/transfer`, body: { to: "bob", amount: 60 } },
    { by: "alice", sends: `POST ${api}/transfer`, body: { to: "nobody", amount: 1 } },
    { by: "alice", sends: "POST /api/lab/clock", body: { advanceSeconds: 301 } },
    { by: "alice", sends: `POST ${api}/transfer`, body: { to: "bob", amount: 51 } },
    { by: "alice", sends: `POST ${api}/reauthenticate`, body: { password: alice.password } },
    { by: "alice", sends: `GET ${api}/data` },
    { by: "alice", sends: `DELETE ${api}/data` },
    { by: "alice", sends: `GET ${api}/me` },
  ];
}

/** Who is turned away, and with what. */
function refusedCalls(api: Api): readonly Step[] {
  return [
    { by: "stranger", sends: `GET ${api}/me` },
    { by: "stranger", sends: `POST ${api}/logout` },
    { by: "alice", sends: `GET ${api}/me` },
    { by: "alice", sends: `POST ${api}/refresh` },
    { by: "alice", sends: `GET ${api}/sessions` },
    { by: "alice", sends: `POST ${api}/revoke`, body: { scope: "all" } },
    { by: "alice", sends: `POST ${api}/transfer`, body: { to: "bob", amount: 1 } },
    { by: "alice", sends: `POST ${api}/reauthenticate`, body: { password: alice.password } },
    { by: "alice", sends: `GET ${api}/data` },
    { by: "alice", sends: `POST ${api}/login`, body: { ...alice, password: "not this one" } },
    { by: "alice", sends: `POST ${api}/login`, body: { ...alice, variant: "nonesuch" } },
    { by: "alice", sends: `POST ${api}/login`, body: { ...alice, variant: "plain/other" } },
    { by: "alice", sends: `POST ${api}/revoke`, body: { scope: "all", session: "both" } },
    { by: "thief", sends: `GET ${api}/me`, headers: { authorization: "Bearer garbage" } },
    { by: "thief", sends: `GET ${api}/me`, headers: { authorization: "Basic YTpi" } },
  ];
}

const parts = {
  sessions: { title: "lists its logins and ends one, the others or all, or says why not", steps: sessionCalls },
  own: { title: "keeps what a login is given, and moves its coins, or says why not", steps: ownCalls },
  refused: { title: "turns away who brings no good credential or body", steps: refusedCalls },
} as const;

/** Every call of each flow, at its default variant. */
export const flowScenarios: readonly Scenario[] = flows.flatMap(({ manifest }) =>
  Object.entries(parts).map(
    ([part, { title, steps }]): Scenario => ({
      area: "flows",
      name: `${manifest.id}-${part}`,
      title: `${manifest.id} ${title}`,
      steps: steps(`/api/${manifest.id}`),
    }),
  ),
);
