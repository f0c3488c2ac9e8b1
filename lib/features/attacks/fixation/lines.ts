import type { Exchange, SourceLine } from "../../../lab/feed/exchange.ts";
import { type Repository, repository } from "../../source/repository.ts";
import { decidingLines, lineWith } from "../forgery/deciding-lines.ts";
import type { DecidingLine } from "../forgery/model.ts";
import { stepThatRefused } from "../step-that-refused.ts";

/** Around the flow, in a lab with the fault. */
const kept = { file: "lib/server/sent-ids.ts", text: "mint: () => sent ?? secrets.mint()" };
const ended = { file: "lib/core/validity.ts", text: 'if (record.ended) return refuse("REVOKED"' };

/** The lines of the running source that gave an id at a login, or refused one. */
export function linesOfFixation(source: Repository = repository()) {
  const ofIds = decidingLines(source);
  return {
    /** Which line of the flow asked for a new id; with the fault, the line that keeps the sent one. */
    ofLogin(exchanges: readonly Exchange[], isKept: boolean): DecidingLine | null {
      if (isKept) return lineWith(source, kept);
      const minted = exchanges.at(-1)?.steps.find(({ did }) => did === "mint");
      return minted?.at ? shown(minted.at) : null;
    },
    ofRefusal(
      exchanges: readonly Exchange[],
      code: string | null,
      form: "signed-id" | "opaque-id",
    ): DecidingLine | null {
      const step = stepThatRefused(exchanges);
      if (code === null || step === null) return null;
      if (step.startsWith("ended record")) return lineWith(source, ended);
      return ofIds({ step, code, forged: "" }, form);
    },
  };

  function shown({ file, line }: SourceLine): DecidingLine {
    return { file, line, text: source.read(file).split("\n")[line - 1]?.trim() ?? "" };
  }
}

export type LinesOfFixation = ReturnType<typeof linesOfFixation>;
