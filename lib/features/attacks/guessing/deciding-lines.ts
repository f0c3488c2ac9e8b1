import type { PasswordCounter } from "../../../http/password-attempts/password-limits.ts";
import { type Repository, repository } from "../../source/repository.ts";
import type { DecidingLine } from "../forgery/model.ts";
import type { MistakeId } from "./weak/mistakes.ts";

const limits = "lib/http/password-attempts/password-limits.ts";

const texts: Readonly<Record<PasswordCounter, string>> = {
  network: "if (fromHere.wait !== null)",
  nameAtNetwork: "if (fromHereByName.wait !== null)",
  name: "if (fromAnywhere.wait !== null)",
  device: "if (own?.wait === null) return",
};

const ofMistakes: Readonly<Record<MistakeId, string>> = {
  "no-network": 'without("network")',
  "no-name": 'without("name")',
  "no-device": "devices: []",
  "no-device-counter": 'without("device")',
  "anybodys-device": "name: attempt.name",
  "no-hash-for-nobody": "if (hash === null)",
};

/** Of an attempt that no counter refused. */
const hashed = { file: "lib/stores/prisma/prisma-users.ts", text: "await passwords.verify(row?.passwordHash ?? null" };

/** Finds the line of the running source that decided, and the one at which a mistake stands. */
export function decidingLines(source: Repository = repository()) {
  function find({ file, text }: { file: string; text: string }): DecidingLine {
    const lines = source.read(file).split("\n");
    const index = lines.findIndex((line) => line.includes(text));
    if (index < 0) throw new Error(`${file} has no line with ${text}`);
    return { file, line: index + 1, text: lines[index]?.trim() ?? "" };
  }
  return {
    ofCounter: (counter: PasswordCounter | null) => find(counter ? { file: limits, text: texts[counter] } : hashed),
    ofMistake: (mistake: MistakeId) =>
      find({ file: "lib/features/attacks/guessing/weak/mistakes.ts", text: ofMistakes[mistake] }),
  };
}
