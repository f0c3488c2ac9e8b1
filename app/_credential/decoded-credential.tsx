import type { DecodedView } from "@/lib/core/decoding.ts";
import type { CredentialView } from "@/lib/lab/lab-view.ts";
import { Disclosure } from "../_ui/controls/disclosure.tsx";
import { DecodedToken } from "./token-claims.tsx";

/** For each encoding: who can read the content and who can change it. */
const encodingWords: Readonly<Record<DecodedView["encoding"], string>> = {
  token: "encoded, not encrypted",
  signed: "readable by anyone, changed by no one",
  plain: "readable by anyone, and changed by anyone",
};

/** The readable content of a credential, in a disclosure. */
export function DecodedCredential({ decoded }: { decoded: DecodedView }) {
  const refused = refusedStep(decoded);
  return (
    <Disclosure
      className="mt-1"
      summary={refused === undefined ? `Decoded: ${encodingWords[decoded.encoding]}` : `Refused at ${refused}`}
    >
      <DecodedToken decoded={decoded} />
      {(decoded.encoding !== "token" || refused !== undefined) && <DecodingSteps decoded={decoded} />}
    </Disclosure>
  );
}

/** Warns of content that should not be in a credential that anyone can read. */
export function CredentialWarnings({ warnings }: Pick<CredentialView, "warnings">) {
  if (warnings.length === 0) return null;
  return (
    <ul className="mt-1 rounded-lg bg-warn-ground px-2.5 py-1.5 text-xs text-warn" aria-label="Does not belong here">
      {warnings.map((warning) => (
        <li key={warning} className="wrap-anywhere">
          {warning} Anyone who holds this credential can read it.
        </li>
      ))}
    </ul>
  );
}

function DecodingSteps({ decoded }: { decoded: DecodedView }) {
  if (decoded.steps.length === 0) return null;
  return (
    <ol className="grid grid-cols-[auto_auto_1fr] font-mono text-xs" aria-label="Decoding steps">
      {decoded.steps.map(({ step, value, ok }, index) => (
        <li key={step} className="col-span-3 grid grid-cols-subgrid gap-x-2.5 border-t border-line py-1 first:border-0">
          <span className="text-faint">{index + 1}</span>
          <span className={ok ? "font-semibold text-flow" : "font-semibold text-refused"}>
            {step}
            {!ok && ", refused"}
          </span>
          <span className="min-w-0 wrap-anywhere text-dim">{value}</span>
        </li>
      ))}
    </ol>
  );
}

function refusedStep({ steps }: DecodedView): string | undefined {
  return steps.find(({ ok }) => !ok)?.step;
}
