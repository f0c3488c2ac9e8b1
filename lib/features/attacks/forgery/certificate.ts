import { sign } from "node:crypto";
import type { Attacker } from "./token-parts.ts";

/** The object identifiers of Ed25519 (RFC 8410 §3) and of ECDSA with SHA-256 (RFC 5758 §3.2), encoded. */
const signatureAlgorithms = { ed25519: "06032b6570", ec: "06082a8648ce3d040302" } as const;
const commonName = Buffer.from("0603550403", "hex");

/** A certificate that the attacker signs for his own key (RFC 5280 §4.1), in DER. `null`: a secret has none. */
export function ownCertificate({ privateKey, publicKey }: Attacker): Buffer | null {
  if (!publicKey) return null;
  const kind = publicKey.asymmetricKeyType === "ec" ? "ec" : "ed25519";
  const algorithm = der(0x30, Buffer.from(signatureAlgorithms[kind], "hex"));
  const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from("login.example")))));
  const validity = der(0x30, time("200101000000Z"), time("491231235959Z"));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const key = publicKey.export({ format: "der", type: "spki" });
  const content = der(0x30, version, serial, algorithm, name, validity, name, key);
  const signature = sign(kind === "ec" ? "sha256" : null, content, privateKey);
  return der(0x30, content, algorithm, der(0x03, Buffer.from([0]), signature));
}

function time(text: string): Buffer {
  return der(0x17, Buffer.from(text));
}

/** A tag, its length and its contents (X.690 §8.1). */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}
