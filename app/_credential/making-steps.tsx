import type { MakingStep } from "@/lib/core/decoding.ts";
import type { CredentialKind } from "./credential-parts.ts";

const lessons: Readonly<Record<CredentialKind, string>> = {
  token: "Anyone can do all of it but sign: that takes the server’s key.",
  signed: "Anyone can do all of it but the HMAC: that takes the server’s key.",
  plain:
    "Anyone can do all of it. It carries no proof of who wrote it. It is masked like every credential, but its content is shown beside it, and anyone who reads that can write it.",
  sealed: "Serialise → encrypt (AES-256-CBC) → HMAC over all of it, with keys made from the server’s password.",
  opaque: "256 random bits. The server keeps their SHA-256 hash, and finds a record by it.",
};

/** What each step does. A token is signed as its algorithm says. */
const does: Readonly<Record<string, string>> = {
  serialise: "JSON",
  compress: "raw DEFLATE (RFC 1951)",
  base64url: "RFC 4648 §5",
  HMAC: "HMAC-SHA-256 (RFC 2104)",
  sign: "RFC 7515 §5.1",
  join: "with dots",
};

/** How the server made a credential. Steps are there where the value can be read. */
export function MakingSteps({ kind, making }: { kind: CredentialKind; making: readonly MakingStep[] }) {
  return (
    <>
      {making.length > 0 && (
        <ol className="mb-1.5 text-xs" aria-label="Steps of its making, in the server’s order">
          {making.map(({ step, value }, index) => (
            <li
              key={step}
              className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 @2xl:grid-cols-[1.25rem_8rem_minmax(0,1fr)] border-t border-line py-1 first:border-0"
            >
              <span className="figures font-mono text-faint">{index + 1}</span>
              <span className="min-w-0">
                <span className="font-semibold text-flow">{step}</span>
                <span className="block text-2xs text-dim">{does[step]}</span>
              </span>
              <span className="col-start-2 min-w-0 font-mono text-2xs wrap-anywhere text-dim @2xl:col-start-3">
                {value}
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="text-xs text-dim">{lessons[kind]}</p>
    </>
  );
}
