import { jsonIn } from "../core/text/read-json.ts";

type Members = Readonly<Record<string, unknown>>;

/** The readable parts of a token, before it is verified. */
export function partsOf(token: string): { header: Members; payload: Members; signature: string } {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return { header: membersOf(header), payload: membersOf(payload), signature };
}

function membersOf(part: string): Members {
  const value = jsonIn(Buffer.from(part, "base64url").toString("utf8"));
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
