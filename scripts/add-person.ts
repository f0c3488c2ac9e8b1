// Adds a person to the one lab outside lab mode:
// npm run add-person -- <username> [--admin] [--name "Display Name"]
// It prompts for the password, so that the password is in no shell history and no process list.

import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { nameAsKept, objectionToName } from "../lib/core/text/person-name.ts";
import { shortText } from "../lib/http/request/text.ts";
import { compose } from "../lib/server/compose.ts";
import { permanentLabId } from "../lib/server/lab-contexts.ts";
import { EnvironmentError, readEnvironment } from "../lib/server/process/env.ts";
import { readArguments } from "./processes.ts";

const { values, positionals } = readArguments(
  { allowPositionals: true, options: { admin: { type: "boolean", default: false }, name: { type: "string" } } },
  'There are two options: npm run add-person -- <username> --admin --name "Display Name"',
);
const [typed, ...others] = positionals;
const username = nameAsKept(typed ?? "");
const unreadable = "must have 1 to 256 characters, and no control characters.";

/** Reads one line without showing it. It also reads from a pipe, so that a script can add people. */
async function askPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = process.stdin.isTTY ?? false;
  const line = createInterface({ input: process.stdin, output: silent, terminal });
  if (terminal) process.stderr.write("Password: ");
  try {
    for await (const first of line) return first;
    return "";
  } finally {
    if (terminal) process.stderr.write("\n");
    line.close();
  }
}

async function addPerson(name: string): Promise<string> {
  const { labContexts, passwords, close } = await compose({ ...readEnvironment(), labMode: false });
  try {
    const password = await askPassword();
    const objection = shortText.safeParse(password).success ? passwords.objection(password) : unreadable;
    if (objection) return `The password ${objection}`;
    const context = await labContexts.open(permanentLabId);
    const taken = await context.people.add({
      username: name,
      displayName: values.name ?? name,
      role: values.admin ? "admin" : "user",
      passwordHash: await passwords.hash(password),
    });
    if (taken === null) return "";
    return taken === name
      ? `There is a person called ${name} already.`
      : `There is a person called ${taken} already: ${name} differs by case or normal form only.`;
  } finally {
    await close();
  }
}

async function main(): Promise<string> {
  if (typed === undefined || others.length > 0) {
    return 'Usage: npm run add-person -- <username> [--admin] [--name "Display Name"]';
  }
  for (const [what, name] of [
    ["username", username],
    ["display name", values.name ?? username],
  ] as const) {
    const objection = objectionToName(nameAsKept(name));
    if (objection) return `The ${what} ${objection}.`;
  }
  try {
    return await addPerson(username);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
}

const problem = await main();
console.log(problem || `${username} can log in.`);
process.exitCode = problem ? 1 : 0;
