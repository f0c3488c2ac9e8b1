import type { Holder, StoryRow } from "../model.ts";

/** The four flows, each with its default variant: a row for each. */
export function fourFlows(holder: Holder): readonly StoryRow[] {
  return [
    { title: "Cookie", flow: "cookie", holder, credentials: ["access"] },
    { title: "Server session", flow: "server-session", holder, credentials: ["access"] },
    { title: "JWT in memory", flow: "memory-jwt", holder, credentials: ["access", "refresh"] },
    { title: "Hybrid", flow: "hybrid", holder, credentials: ["access"] },
  ];
}

/** Each of these once: of the four flows, what a login hands to the browser and leaves on the server. */
export const afterLogin = {
  held: { cookie: 1, "server-session": 1, "memory-jwt": 2, hybrid: 1 },
  records: { cookie: 0, "server-session": 1, "memory-jwt": 1, hybrid: 1 },
} as const;
