import { masked } from "../_ui/mask.ts";
import type { CredentialKind, CredentialPart } from "./credential-parts.ts";

const tones: Readonly<Record<string, string>> = {
  header: "text-flow font-semibold",
  payload: "text-ink",
  state: "text-ink",
  signature: "text-dim",
  seal: "text-flow",
  id: "text-flow",
};

/** The content may be shown. The part that proves the credential is masked, and in a plain cookie that is all of it. */
const counts: ReadonlySet<string> = new Set(["signature", "seal", "id", "state"]);

/** The pieces between the asterisks of a seal (iron, version 2). */
const sealParts = ["version", "password id", "salt", "IV", "ciphertext", "end", "HMAC salt", "HMAC"];

type EncodedProps = {
  readonly kind: CredentialKind;
  readonly parts: readonly CredentialPart[];
  /** The issued parts, to mark changes. */
  readonly issued: readonly CredentialPart[];
  readonly revealed: boolean;
};

/** A credential as it is sent, with each part in its colour and with its name. */
export function EncodedParts({ kind, parts, issued, revealed }: EncodedProps) {
  return (
    <>
      <p className="code">
        {parts.map(({ name, raw, isAbsent }, index) => {
          const changed = raw !== issued[index]?.raw;
          return (
            <span key={name}>
              {index > 0 && !isAbsent && <span className="text-faint">.</span>}
              <span
                className={`${tones[name] ?? "text-faint"} ${changed ? "rounded-xs bg-warn-ground box-decoration-clone px-0.5" : ""}`}
                title={name}
              >
                {revealed || changed || !counts.has(name) ? raw : masked(raw)}
              </span>
            </span>
          );
        })}
      </p>
      <ul className="mt-1.5 flex flex-wrap gap-x-3 gap-y-0.5 text-2xs" aria-label="Its parts">
        {parts.map(({ name, raw }, index) => (
          <li key={name} className={tones[name] ?? "text-faint"}>
            {name}
            {raw !== issued[index]?.raw && <span className="font-semibold text-warn"> changed</span>}
          </li>
        ))}
      </ul>
      {kind === "sealed" && <SealParts seal={parts.at(-1)?.raw ?? ""} />}
    </>
  );
}

function SealParts({ seal }: { seal: string }) {
  const pieces = seal.split("*");
  return (
    <p className="mt-1 text-2xs text-dim">
      Parts of the seal, separated by asterisks:{" "}
      {sealParts.map((name, index) => `${name} (${pieces[index]?.length ?? 0} characters)`).join(", ")}.
    </p>
  );
}
