import { type Repository, repository } from "../../source/repository.ts";
import { decidingLines, lineWith } from "../forgery/deciding-lines.ts";
import type { CredentialForm, DecidingLine } from "../forgery/model.ts";

/** What refused a credential, in which form it was. */
export type RefusedWithKey = {
  readonly step: string | null;
  readonly code: string | null;
  readonly forged: string;
  readonly form: CredentialForm;
};

/** Behind a good signature the content is read by the one reader of JSON. */
const oneMeaning = { file: "lib/adapters/hmac-encoding.ts", text: 'if (state === undefined) return refused("parse"' };

/** The lines at which a credential under a good key is still refused. A record is looked up for every form alike. */
export function linesOfRecords(source: Repository = repository()) {
  const ofForgeries = decidingLines(source);
  return {
    ofRead({ step, code, forged, form }: RefusedWithKey): DecidingLine | null {
      if (step === null) return null;
      if (step === "parse" && form === "signed-cookie") return lineWith(source, oneMeaning);
      return ofForgeries({ step, code, forged }, step === "look-up" ? "opaque-id" : form);
    },
    /** Acting wants a live login, and none was ever begun for a forged token. */
    ofAct: (): DecidingLine =>
      lineWith(source, {
        file: "lib/core/login-list.ts",
        text: 'if (!login) return refuse("REVOKED", "ended record")',
      }),
  };
}

export type LinesOfRecords = ReturnType<typeof linesOfRecords>;
