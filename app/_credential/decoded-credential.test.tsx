import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { DecodedView } from "@/lib/core/decoding.ts";
import type { CredentialView } from "@/lib/lab/lab-view.ts";
import { LabTimeProvider } from "../_ui/lab-time.tsx";
import { CredentialWarnings, DecodedCredential } from "./decoded-credential.tsx";
import { TakenApart } from "./taken-apart.tsx";
import { dateOfClaim } from "./token-claims.tsx";

const payload = { user: { username: "alice" }, endsAt: Date.UTC(2030, 0, 1, 12) };
const good = [{ step: "signature", value: "c2ln", ok: true }] as const;
const refused = [...good, { step: "decompress", value: "AAAA", ok: false }] as const;

function credential(decoded: DecodedView): CredentialView {
  return { name: "__Host-login", value: "lab.variant.x", bytes: 27, decoded, warnings: [], recordId: null };
}

function takenApart(decoded: DecodedView) {
  const onSend = async (value: string) => ({ value, view: null, problem: null });
  return (
    <TakenApart
      credential={credential(decoded)}
      login={null}
      way=""
      onForge={() => Promise.resolve([])}
      onSend={onSend}
      made={undefined}
      own={[]}
    />
  );
}

test.for(["signed", "plain"] as const)("a %s cookie is shown as readable and never called encrypted", (encoding) => {
  const decoded = { encoding, header: null, payload, steps: good, making: [] };
  const markup = [<DecodedCredential key="in" decoded={decoded} />, takenApart(decoded)].map((shown) =>
    renderToStaticMarkup(shown),
  );
  for (const text of markup) {
    expect(text).toContain("readable by anyone");
    expect(text).toContain("alice");
    expect(text).toContain("2030-01-01T12:00:00.000Z");
    expect(text).not.toMatch(/encrypt|secret/i);
  }
});

test("a credential is shown with the steps by which it was made, each with its value", () => {
  const making = [
    { step: "serialise", value: '{"user":"alice"}' },
    { step: "HMAC", value: "AbCd…wXyZ with key 1" },
    { step: "join", value: "lab.variant.1.q1Yq.AbCd…wXyZ" },
  ];
  const shown = renderToStaticMarkup(takenApart({ encoding: "signed", header: null, payload, steps: good, making }));
  expect(shown).toContain("Steps of its making");
  const places = making.flatMap(({ step, value }) => [`>${step}<`, value.replaceAll('"', "&quot;")]);
  for (const [index, text] of places.entries())
    expect(shown.indexOf(text)).toBeGreaterThan(index === 0 ? 0 : shown.indexOf(places[index - 1] ?? ""));
  const forged = renderToStaticMarkup(
    takenApart({ encoding: "signed", header: null, payload, steps: refused, making: [] }),
  );
  expect(forged).not.toContain("Steps of its making");
});

test("a time that no date can express is shown as the number itself", () => {
  for (const time of [1e300, 9e12, -1]) {
    const claims = { iat: time, exp: time, nbf: time, auth_time: time, endsAt: 1e300 };
    const decoded = { encoding: "token", header: { alg: "none" }, payload: claims, steps: [], making: [] } as const;
    expect(renderToStaticMarkup(<DecodedCredential decoded={decoded} />)).toContain(JSON.stringify(time));
    expect([time, dateOfClaim(time)]).toEqual([time, null]);
  }
  expect(dateOfClaim(1.5)).toBe("1970-01-01T00:00:01.500Z");
});

test("every readable end counts down, of a token, of a signed cookie and of a plain cookie", () => {
  const now = Date.UTC(2030, 0, 1, 12);
  const hours = 3_600_000;
  const state = { seenAt: now, idleFor: hours / 2, endsAt: now + 8 * hours };
  const counted = (decoded: DecodedView) => {
    const time = { subscribe: () => () => undefined, read: () => now, readFirst: () => now };
    const text = renderToStaticMarkup(
      <LabTimeProvider time={time}>
        <DecodedCredential decoded={decoded} />
      </LabTimeProvider>,
    );
    return [...text.matchAll(/>(in [^<]+|ended [^<]+ ago)</g)].map(([, words]) => words);
  };
  for (const encoding of ["signed", "plain"] as const) {
    expect(counted({ encoding, header: null, payload: state, steps: good, making: [] })).toEqual([
      "in 30 min",
      "in 8 h",
    ]);
  }
  // Sliding never passes the absolute end.
  const late = { ...state, seenAt: now + 7.75 * hours };
  expect(counted({ encoding: "plain", header: null, payload: late, steps: good, making: [] })).toEqual([
    "in 8 h",
    "in 8 h",
  ]);
  const claims = { iat: now / 1000 - 60, exp: now / 1000 - 5, ends: now / 1000 + 3600 };
  expect(counted({ encoding: "token", header: { alg: "EdDSA" }, payload: claims, steps: good, making: [] })).toEqual([
    "ended 5 s ago",
    "in 1 h",
  ]);
});

test("a step that refused is named in the summary and in the list of steps", () => {
  const text = renderToStaticMarkup(
    <DecodedCredential decoded={{ encoding: "signed", header: null, payload: null, steps: refused, making: [] }} />,
  );
  expect(text).toContain("Refused at decompress");
  expect(text).toContain("decompress, refused");
});

test("an invalid time in a plain cookie is shown as text", () => {
  for (const odd of [
    { endsAt: 1e300 },
    { seenAt: 1e300, idleFor: 5 },
    { seenAt: "now", idleFor: 1e300 },
    { endsAt: "soon", exp: -1e300 },
    [],
    "admin",
    5,
  ]) {
    const decoded = { encoding: "plain", header: null, payload: odd, steps: good, making: [] } as const;
    expect(renderToStaticMarkup(takenApart(decoded))).toContain("taken apart");
  }
});

test("a warning names the content, its place and its readers, and is left out for a safe credential", () => {
  const warnings = ["mail has an e-mail address in it."];
  expect(renderToStaticMarkup(<CredentialWarnings warnings={warnings} />)).toMatch(
    /mail has an e-mail address.*can read/,
  );
  expect(renderToStaticMarkup(<CredentialWarnings warnings={[]} />)).toBe("");
});
