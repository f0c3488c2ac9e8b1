import { DatabaseSync } from "node:sqlite";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";

const database = new DatabaseSync(process.env.PEER_DATABASE ?? ":memory:");
database.exec("PRAGMA journal_mode = WAL");

/**
 * As documented: a session in SQL. With PEER_CACHE it stands in a signed cookie too. It is believed there for an hour, not for
 * the usual five minutes: a measure takes longer, and its client keeps the first cookie.
 */
const options = {
  database,
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  session: { cookieCache: { enabled: process.env.PEER_CACHE === "on", maxAge: 3600 } },
};

export const auth = betterAuth(options);

let made;

/** Its tables. */
export function migrated() {
  made ??= getMigrations(options).then(({ runMigrations }) => runMigrations());
  return made;
}
