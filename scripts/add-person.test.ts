import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { finished, project } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "add-person-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command as a shell runs it, with the password on its standard input. */
async function addPerson(...args: readonly string[]) {
  const command = spawn(process.execPath, ["scripts/add-person.ts", ...args], {
    cwd: project,
    env: {
      ...process.env,
      NODE_ENV: "production",
      LOGINSCOPE_SECRET: randomBytes(48).toString("base64url"),
      DATABASE_URL: `file:${join(folder, "people.db")}`,
      REDIS_URL: "",
    },
  });
  let said = "";
  command.stdout.on("data", (chunk) => {
    said += chunk;
  });
  command.stdin.end("a password of some length\n");
  return { code: await finished(command), said };
}

test("the command that adds a person refuses a name that is too long, and a username that differs from another by case or normal form only, which it names", async () => {
  expect(await addPerson("cafe\u0301", "--name", " Caf\u00E9 ")).toEqual({ code: 0, said: "caf\u00E9 can log in.\n" });
  const [same, long] = await Promise.all([addPerson("CAF\u00C9"), addPerson("carol", "--name", "x".repeat(65))]);
  const taken = "There is a person called caf\u00E9 already: CAF\u00C9 differs by case or normal form only.\n";
  expect(same).toEqual({ code: 1, said: taken });
  expect(long).toEqual({ code: 1, said: "The display name must have 1 to 64 characters.\n" });
}, 120_000);
