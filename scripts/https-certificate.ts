/**
 * A certificate for `npm run demo -- --https`, made on this machine. A class on a network needs it: Secure cookies,
 * Web Locks and `crypto.subtle` exist only in secure contexts, and `http://<network address>` is not one.
 */

import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

export type Certificate = { readonly keyFile: string; readonly certificateFile: string };

/**
 * Experiments attack from names below localhost. Each name is listed, because OpenSSL does not accept `*.localhost`.
 */
const hosts = ["localhost", "evil.localhost", "app.localhost", "evil.app.localhost", "shop.localhost"];

const day = 24 * 60 * 60 * 1000;

/** The addresses under which others on the network reach this machine. */
export function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
}

/**
 * Takes the certificate kept in the folder, or makes a new one
 * if it has expired or this machine's addresses have changed.
 */
export async function httpsCertificate(folder: string): Promise<Certificate> {
  const files = { keyFile: join(folder, "key.pem"), certificateFile: join(folder, "certificate.pem") };
  const names = [...hosts, hostname()];
  const addresses = ["127.0.0.1", "::1", ...networkAddresses()];
  if (isGood(files, names, addresses)) return files;

  const now = Date.now();
  const pem = await generate([{ name: "commonName", value: "Loginscope demo on this machine" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(now - day),
    // Apple's systems refuse a server's certificate that is good for longer than 825 days.
    notAfterDate: new Date(now + 365 * day),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          ...[...names, "*.localhost"].map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(files.keyFile, pem.private, { mode: 0o600 });
  writeFileSync(files.certificateFile, pem.cert);
  return files;
}

function isGood(files: Certificate, names: readonly string[], addresses: readonly string[]): boolean {
  if (!existsSync(files.keyFile) || !existsSync(files.certificateFile)) return false;
  const certificate = new X509Certificate(readFileSync(files.certificateFile));
  const lasts = certificate.validToDate.getTime() > Date.now() + day;
  const named = names.every((name) => certificate.checkHost(name) !== undefined);
  return lasts && named && addresses.every((address) => certificate.checkIP(address) !== undefined);
}
