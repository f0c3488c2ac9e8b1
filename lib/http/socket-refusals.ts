import { type RefusalCode, refusals } from "../core/refusal.ts";

/** What is refused before any address is found, and so by no operation and no flow. */
export const socketRefusals = {
  MISDIRECTED_REQUEST: {
    status: 421,
    title: "Another server is meant",
    detail: "The request names another host than this one.",
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: "The headers are too large",
    detail:
      "A request here has at most 16 KiB of headers, cookies included. Delete this site's cookies in the browser's settings for it, then ask again.",
  },
} as const satisfies Record<string, { status: number; title: string; detail: string }>;

export type SocketRefusalCode = RefusalCode | keyof typeof socketRefusals;

const all = { ...refusals, ...socketRefusals };

export function socketRefusal(code: SocketRefusalCode) {
  return all[code];
}
