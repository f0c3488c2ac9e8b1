import type { Strictness } from "../../../core/settings.ts";
import { type Repository, repository } from "../../source/repository.ts";
import { lineWith } from "../forgery/deciding-lines.ts";
import type { DecidingLine } from "../forgery/model.ts";
import type { TheftAnswer } from "./model.ts";

const file = "lib/core/validity.ts";

/** Where each part of a client is compared. */
const compared: Readonly<Record<string, string>> = {
  "user agent": "isSame: record.device === client.device",
  address: "isSame: record.ip === client.ip",
};

/** RFC 7662 §2.2: the service compares, and answers "not active" without a reason. */
const service = {
  file: "lib/adapters/http-introspection.ts",
  text: 'told.active ? ok(principalOf(told)) : refuse("INVALID_CREDENTIAL", "service")',
};

/** The lines of the running source at which a client is compared, noted, or let pass. */
export function linesOfTheft(source: Repository = repository()) {
  return {
    /** `isBound`: a record is asked. Of what got in without being noted, the line that let both pass. */
    of({ at, noted, code }: TheftAnswer, isBound: boolean, binding: Strictness): DecidingLine | null {
      if (!isBound) return null;
      if (code !== null) return refusing(at);
      if (noted !== null) return lineWith(source, { file, text: 'if (changed !== null) note(deps, "client-changed"' });
      const text = binding === "enforce" ? "if (!refused) return ok(" : 'how !== "off" && !isSame';
      return lineWith(source, { file, text });
    },
  };

  function refusing(at: string | null): DecidingLine | null {
    if (at === "service") return lineWith(source, service);
    const text = compared[at ?? ""];
    return text === undefined ? null : lineWith(source, { file, text });
  }
}

export type LinesOfTheft = ReturnType<typeof linesOfTheft>;
