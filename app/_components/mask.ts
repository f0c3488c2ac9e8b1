import type { Header } from "@/lib/core/exchange.ts";

/** Both ends only: enough to tell one credential from another by eye, not enough to use it. */
export function masked(value: string): string {
  return value.length > 24 ? `${value.slice(0, 4)}…${value.slice(-6)}` : "•".repeat(Math.max(value.length, 3));
}

/** A header's value with every credential in it masked. */
export function maskedHeader([name, value]: Header): string {
  switch (name.toLowerCase()) {
    case "cookie":
      return value.split("; ").map(maskedPair).join("; ");
    case "set-cookie": {
      const [pair = "", ...attributes] = value.split(";");
      return [maskedPair(pair), ...attributes].join(";");
    }
    case "authorization":
    case "proxy-authorization": {
      const [scheme = "", ...rest] = value.split(" ");
      return `${scheme} ${masked(rest.join(" "))}`;
    }
    default:
      return value;
  }
}

function maskedPair(pair: string): string {
  const at = pair.indexOf("=");
  if (at < 0) return masked(pair);
  const value = pair.slice(at + 1);
  return value === "" ? pair : `${pair.slice(0, at)}=${masked(value)}`;
}

const secretFields = new Set(["credential", "access_token", "refresh_token", "password", "current", "next"]);

/** A JSON body, laid out, with the tokens in it masked. Anything else is left as it is. */
export function readableBody(body: string, reveal: boolean): string {
  try {
    return JSON.stringify(
      JSON.parse(body),
      (key, value: unknown) => (!reveal && secretFields.has(key) && typeof value === "string" ? masked(value) : value),
      1,
    );
  } catch {
    return body;
  }
}

/** An id shortened in the middle; the whole one is a copy away. */
export function shortened(id: string, keep = 4): string {
  return id.length > keep * 2 + 2 ? `${id.slice(0, keep)}…${id.slice(-keep)}` : id;
}
