import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const file = ".env.local";
const name = "LOGINSCOPE_SECRET";

/**
 * For a first local run: writes a random secret into `.env.local`, which git ignores and Next.js reads,
 * unless there is one already. Never called in production, where a missing secret stops the start.
 */
export function ensureLocalSecret(folder = process.cwd()): void {
  if (process.env[name]) return;
  const path = join(folder, file);
  const existing = existsSync(path) ? readFileSync(path, "utf8") : "";
  // Cost: its text is the settings file of this machine.
  const known = new RegExp(`^${name}=(.+)$`, "m").exec(existing)?.[1];
  const secret = known ?? randomBytes(48).toString("base64url");
  if (!known) {
    const separator = existing && !existing.endsWith("\n") ? "\n" : "";
    appendFileSync(
      path,
      `${separator}# Made for this machine. Every key of every lab is derived from it.\n${name}=${secret}\n`,
      {
        mode: 0o600,
      },
    );
  }
  process.env[name] = secret;
}
