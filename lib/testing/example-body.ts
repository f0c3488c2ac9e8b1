/**
 * An example body for each address, sent by an admin of the lab; by the end of its pattern. A new address with a body
 * gets a line here.
 */
const examples = {
  login: { username: "alice", password: "alice-likes-tea" },
  revoke: { scope: "all" },
  transfer: { to: "bob", amount: 1 },
  pay: { to: "bob", amount: 1 },
  reauthenticate: { password: "admin-likes-logs" },
  "data/:key": { value: { items: ["tea"] } },
  role: { role: "admin" },
  cookies: { line: "try=1; Path=/" },
  settings: { lifetimes: "aal2" },
  clock: { advanceSeconds: 60 },
  rotate: { overlap: false },
  password: { current: "admin-likes-logs", next: "admin-likes-rain" },
  try: { flow: "cookie", credential: "nonsense" },
  forgery: { variant: "server-session/sql" },
  "forgery/made": { flow: "cookie", credential: "nonsense" },
  guessing: { attack: "which-names" },
  "guessing/times": { each: 1 },
  "leaked-key": { key: "cookie/signed", as: "admin" },
  "leaked-key/made": { key: "cookie/signed", variant: "cookie/signed", as: "admin" },
  theft: { variant: "server-session/sql" },
  fixation: { variant: "server-session/sql" },
  "attacks/weaknesses": { weakness: "any-origin", on: false },
  "attacks/pages": { page: "csrf", host: "attacker" },
  csrf: { flow: "cookie" },
  "refresh-bench/run": { strategy: "grace", schedule: "two-tabs", seed: 7 },
  "refresh-bench/count": { strategies: ["naive"], schedules: ["two-tabs"], from: 1, runs: 3 },
  matrix: { variants: ["cookie/plain"], experiments: ["forge"] },
  devices: {
    ...{ device: "phone", flow: "server-session", method: "POST", path: "/api/server-session/login" },
    body: { username: "alice", password: "alice-likes-tea" },
  },
  // Refused at the first check, so the test does not wait for the end of the race.
  race: { plug: "replay-after-logout", variants: ["server-session/sql"] },
  lesson: { name: "log-out", played: 1 },
  "lesson/:id": { step: 0 },
  "experiments/:id": { variants: ["cookie/sealed"] },
} as const;

/** A body that the address takes; `undefined`: it takes none. */
export function exampleBody(pattern: string, method: string): Readonly<Record<string, unknown>> | undefined {
  if (method === "DELETE") return undefined;
  if (pattern === "admin/users/:id/revoke" || pattern.includes("/oauth/")) return undefined;
  return Object.entries(examples).find(([end]) => pattern.endsWith(`/${end}`))?.[1];
}
