import { type DecodingStep, signedCookieSteps, tokenSteps } from "@/lib/core/decoding.ts";
import type { TryView } from "@/lib/lab/lab-view.ts";
import type { CredentialKind } from "../_credential/credential-parts.ts";
import { askedWords, foundWords, refusalIn } from "../_exchanges/step-words.ts";
import { Moment } from "../_ui/lab-time.tsx";

/** The check of each step, in the server's order. */
const questions: Readonly<Record<string, string>> = {
  lab: "names this lab",
  enabled: "a variant that this lab accepts",
  spelling: "three parts, strict base64url",
  header: "header is JSON",
  algorithm: "algorithm allowed",
  key: "key known",
  signature: "signature valid",
  payload: "payload is JSON",
  typ: "typ exact",
  claims: "required claims present",
  iss: "iss exact",
  aud: "aud exact",
  nbf: "nbf passed",
  exp: "exp in the future",
  shape: "fields as expected",
  variant: "variant exact",
  split: "three parts after its address",
  base64url: "strict base64url",
  decompress: "decompresses",
  parse: "is JSON",
};

const orders: Readonly<Record<CredentialKind, readonly string[]>> = {
  token: ["lab", "enabled", ...tokenSteps],
  signed: signedCookieSteps,
  plain: ["parse"],
  sealed: [],
  opaque: [],
};

type VerificationProps = {
  readonly kind: CredentialKind;
  readonly steps: readonly DecodingStep[];
  /** The other calls of the flow. Absent: the credential was not sent yet. */
  readonly asked?: TryView["steps"] | undefined;
};

/** The steps of the server's check with their results. Steps after the refusal were not reached. */
export function VerificationList({ kind, steps, asked = [] }: VerificationProps) {
  const refused = steps.some(({ ok }) => !ok);
  const taken = new Set(steps.map(({ step }) => step));
  const rest = refused ? orders[kind].filter((name) => !taken.has(name)) : [];
  // Leaves out the call that decoded the credential, because its steps are already in the list.
  const told = new Set(["flow", "secrets", ...(steps.length > 0 ? ["keys", "cookie", "edge"] : [])]);
  const others = asked.filter(({ actor }) => !told.has(actor));
  return (
    <ol className="gap-x-6 text-xs @2xl:columns-2" aria-label="Steps of the check, in the server’s order">
      {steps.map((step, index) => (
        <Row key={step.step} number={index + 1} question={questions[step.step] ?? step.step} ok={step.ok}>
          <StepValue step={step} />
        </Row>
      ))}
      {rest.map((name, index) => (
        <Row key={name} number={steps.length + index + 1} question={questions[name] ?? name} ok={null} />
      ))}
      {others.map((step, index) => (
        <Row
          key={`${step.actor} ${step.did} ${step.startedAfter}`}
          number={steps.length + rest.length + index + 1}
          question={askedWords(step)}
          ok={refusalIn(step) === null && step.found !== "nothing"}
        >
          {foundWords(step.found)}
        </Row>
      ))}
    </ol>
  );
}

type RowProps = {
  readonly number: number;
  readonly question: string;
  /** `null`: not reached. */
  readonly ok: boolean | null;
  readonly children?: React.ReactNode;
};

function Row({ number, question, ok, children }: RowProps) {
  const word = ok === null ? "not reached" : ok ? "yes" : "refused";
  const tone = ok === null ? "text-faint italic" : ok ? "text-accepted" : "text-refused";
  return (
    <li
      className={`grid break-inside-avoid grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-2 border-t border-line py-1 ${ok === false ? "-mx-1.5 rounded-md border-transparent bg-refused-ground px-1.5" : ""}`}
    >
      <span className="figures font-mono text-faint">{number}</span>
      <span className={ok === null ? "text-faint" : ""}>
        {question}
        {children !== undefined && <span className="block font-mono text-2xs wrap-anywhere text-dim">{children}</span>}
      </span>
      <span className={`font-semibold ${tone}`}>{word}</span>
    </li>
  );
}

const moments = new Set(["nbf", "exp"]);

function StepValue({ step: { step, value, wanted, ok } }: { step: DecodingStep }) {
  const isTime = moments.has(step) && !Number.isNaN(Date.parse(value));
  return (
    <>
      {isTime ? <Moment at={value} /> : shortened(value)}
      {!ok && wanted !== undefined && <span className="block text-ink">expected: {wanted}</span>}
    </>
  );
}

function shortened(value: string): string {
  return value.length > 120 ? `${value.slice(0, 60)}…${value.slice(-20)}` : value;
}
