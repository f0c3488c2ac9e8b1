import type { ReactNode } from "react";
import { duration, instantOfNumericDate, isInstant } from "@/lib/core/time.ts";
import type { CredentialView } from "@/lib/lab/lab-view.ts";
import { Countdown, Moment } from "../_ui/lab-time.tsx";
import { Word } from "../_words/in-words.tsx";
import { wordOf } from "../_words/word-parts.ts";

type Decoded = NonNullable<CredentialView["decoded"]>;

function entries(part: unknown): readonly (readonly [string, unknown])[] {
  return typeof part === "object" && part !== null ? Object.entries(part) : [];
}

/** A member of a token's payload by name, if it is there. */
export function claimIn(decoded: Decoded | null | undefined, part: "header" | "payload", name: string): unknown {
  return entries(decoded?.[part]).find(([key]) => key === name)?.[1];
}

/** Milliseconds since 1970: the times of a login's state. */
const instants = new Set(["issuedAt", "authenticatedAt", "seenAt", "endsAt"]);

/** Seconds since 1970, in these claims (RFC 7519 §4.1). */
const times = new Set(["exp", "nbf", "iat", "auth_time", "ends"]);

/** `null`: the value is no time that a date can express. The token was not verified, so any value can stand here. */
export function dateOfClaim(seconds: unknown): string | null {
  return dateOf(instantOfNumericDate(seconds));
}

function dateOf(milliseconds: unknown): string | null {
  return isInstant(milliseconds) ? new Date(milliseconds).toISOString() : null;
}

/** The claims that state an end. */
const ends = new Set(["exp", "ends", "endsAt"]);

/** The idle end of a cookie that slides: counted from its last use, and never after its absolute end. */
function idleEndIn(part: unknown): string | null {
  const { seenAt, idleFor, endsAt } = Object.fromEntries(entries(part));
  if (typeof seenAt !== "number" || typeof idleFor !== "number") return null;
  return dateOf(Math.min(seenAt + idleFor, typeof endsAt === "number" ? endsAt : Number.POSITIVE_INFINITY));
}

function Until({ at }: { at: string }) {
  return (
    <span className="text-dim">
      , <Countdown at={at} past="ended" />
    </span>
  );
}

type ClaimProps = { readonly name: string; readonly value: unknown; readonly part: unknown };

function ClaimValue({ name, value, part }: ClaimProps): ReactNode {
  const idleEnd = name === "idleFor" ? idleEndIn(part) : null;
  if (idleEnd !== null) {
    return (
      <>
        {duration(Number(value))}
        <Until at={idleEnd} />
      </>
    );
  }
  const at = instants.has(name) ? dateOf(value) : times.has(name) ? dateOfClaim(value) : null;
  if (at !== null) {
    return (
      <>
        <Moment at={at} />
        {ends.has(name) && <Until at={at} />}
      </>
    );
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function Part({ title, part, tone }: { title: "header" | "payload"; part: unknown; tone: string }) {
  return (
    <div className="min-w-0">
      <p className={`mb-0.5 text-2xs font-semibold ${tone}`}>
        <Word id={title} alone />
      </p>
      <dl className="grid grid-cols-[minmax(3rem,auto)_1fr] gap-x-3 font-mono text-xs">
        {entries(part).map(([name, value]) => (
          <div key={name} className="col-span-2 grid min-h-target grid-cols-subgrid items-baseline">
            <dt className="max-w-[5.5rem] text-faint">{claimName(name)}</dt>
            <dd className="min-w-0 wrap-anywhere" title={typeof value === "number" ? String(value) : undefined}>
              <ClaimValue name={name} value={value} part={part} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function claimName(name: string): ReactNode {
  const word = wordOf(name);
  return word === undefined ? breakable(name) : <Word id={word} text={name} alone />;
}

/** A long name may break after an underscore, and before a capital. */
function breakable(name: string): ReactNode {
  const [first, ...rest] = name.split(/(?<=_)|(?=[A-Z])/);
  return (
    <>
      {first}
      {rest.map((part) => (
        <span key={part}>
          <wbr />
          {part}
        </span>
      ))}
    </>
  );
}

/** The readable content of a token. */
export function DecodedToken({ decoded }: { decoded: Decoded }) {
  return (
    <div className="grid gap-2">
      {decoded.header !== null && <Part title="header" part={decoded.header} tone="text-flow" />}
      {decoded.payload !== null && <Part title="payload" part={decoded.payload} tone="text-ink" />}
    </div>
  );
}
