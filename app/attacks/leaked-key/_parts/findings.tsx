import type { ReactNode } from "react";
import type { CapturedCookie, PlayedService, PlayedVariant } from "@/lib/features/attacks/leaked-key/model.ts";
import { Disclosure } from "../../../_ui/controls/disclosure.tsx";
import { DecidingLine } from "../../_parts/deciding-line.tsx";
import { Alarm, Answer } from "./answer.tsx";

/** Service B verifies tokens, and is taken over. */
export function Services({ services }: { readonly services: readonly PlayedService[] }) {
  return (
    <Finding
      title="Whoever can verify an HMAC can forge it. A public key only verifies."
      below="Service B was given what it needs to verify these tokens. Then it is taken over, and its thief writes a token."
    >
      {services.map(({ variant, holds, verifies, forged }) => (
        <li key={variant} className={row}>
          <p className="min-w-0">
            <span className="font-medium">{variant}</span>
            <span className="block text-xs text-dim">
              B holds the {holds === "secret" ? "secret" : "public key"}, and {verifies ? "verifies" : "cannot verify"}{" "}
              a real token.
            </span>
          </p>
          <div className="min-w-0">
            <Answer answer={forged} />
            <DecidingLine line={forged.line} />
          </div>
        </li>
      ))}
    </Finding>
  );
}

/** Cookies that were captured before. */
export function CapturedCookies({ captured }: { readonly captured: readonly CapturedCookie[] }) {
  const isOpened = captured.some(({ needs }) => needs === "sealing-key");
  const title = isOpened
    ? "A sealing key opens every cookie that was ever captured."
    : "A signed cookie is read without any key.";
  return (
    <Finding
      title={title}
      below="Captured while it was good. Then alice logged out, the keys were rotated without overlap, and a day passed. It lets nobody in, and what stands in it is read."
    >
      {captured.map(({ variant, needs, code, content }) => (
        <li key={variant} className={row}>
          <p className="min-w-0">
            <span className="font-medium">{variant}</span>
            <span className="block text-xs text-dim">
              As a login: <span className="font-mono">{code ?? "gets in"}</span>
            </span>
          </p>
          <div className="min-w-0 text-13">
            <p>
              {content === null ? (
                <b className="font-semibold">stays shut</b>
              ) : (
                <>
                  <Alarm>READ</Alarm>{" "}
                  <span className="text-dim">{needs === "no-key" ? "without a key" : "with the leaked key"}</span>
                </>
              )}
            </p>
            {content !== null && (
              <Disclosure summary="what stands in it">
                <p className="pb-1 font-mono text-xs wrap-anywhere">{content}</p>
              </Disclosure>
            )}
          </div>
        </li>
      ))}
    </Finding>
  );
}

/** Two members of one name. */
export function SaidTwice({ variants }: { readonly variants: readonly PlayedVariant[] }) {
  const groups = [...new Set(variants.map(answerOf))].map((key) =>
    variants.filter((each) => each.twice !== null && answerOf(each) === key),
  );
  return (
    <Finding
      title="Two members of one name, under a good signature"
      below="The content says its role twice, user and then admin (RFC 7493 §2.3). Readers of JSON differ in which one they take. Only whoever has the key can write it."
    >
      {groups.map((group) => {
        const [{ variant, twice } = { variant: "", twice: null }] = group;
        if (!twice) return null;
        return (
          <li key={variant} className={row}>
            <p className="min-w-0 text-dim">{group.map((each) => each.variant).join(" · ")}</p>
            <div className="min-w-0">
              {twice.code === null ? (
                <p className="text-13">
                  <b className="font-semibold">taken</b>{" "}
                  <span className="text-dim">
                    as {twice.as?.role}: the {twice.as?.role === "admin" ? "last" : "first"} one counts
                  </span>
                </p>
              ) : (
                <Answer answer={twice} />
              )}
              <DecidingLine line={twice.line} />
            </div>
          </li>
        );
      })}
    </Finding>
  );
}

function answerOf({ twice }: PlayedVariant): string {
  return `${twice?.code} ${twice?.at} ${twice?.as?.role}`;
}

const row = "grid gap-x-6 gap-y-1 border-b border-line py-2.5 text-13 @4xl:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)]";

type FindingProps = { readonly title: string; readonly below: string; readonly children: ReactNode };

function Finding({ title, below, children }: FindingProps) {
  return (
    <section aria-label={title} className="@container mt-8">
      <h2 className="text-lg font-semibold tracking-[-0.02em]">{title}</h2>
      <p className="mt-0.5 max-w-lead text-13 text-dim">{below}</p>
      <ul className="mt-2 border-t border-strong">{children}</ul>
    </section>
  );
}
