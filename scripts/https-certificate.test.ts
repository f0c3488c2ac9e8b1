import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { generate } from "selfsigned";
import { afterAll, describe, expect, it } from "vitest";
import { httpsCertificate, networkAddresses } from "./https-certificate.ts";

describe("the demo's certificate", () => {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("names this machine as it is reached from here and from the network", async () => {
    const { certificateFile, keyFile } = await httpsCertificate(folder);
    const certificate = new X509Certificate(readFileSync(certificateFile));
    for (const name of ["localhost", "evil.localhost"]) expect(certificate.checkHost(name), name).toBeDefined();
    for (const address of ["127.0.0.1", "::1", ...networkAddresses()])
      expect(certificate.checkIP(address), address).toBeDefined();
    expect(() =>
      createSecureContext({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }),
    ).not.toThrow();
  });

  it("keeps its key readable for its owner alone", async () => {
    const { keyFile } = await httpsCertificate(folder);
    expect(statSync(keyFile).mode & 0o077).toBe(0);
  });

  it("is made once", async () => {
    const { certificateFile } = await httpsCertificate(folder);
    const before = readFileSync(certificateFile, "utf8");
    await httpsCertificate(folder);
    expect(readFileSync(certificateFile, "utf8")).toBe(before);
  });

  it("is made anew when the old one does not name this machine", async () => {
    const { certificateFile } = await httpsCertificate(folder);
    const other = await generate([{ name: "commonName", value: "elsewhere.example" }], { algorithm: "sha256" });
    writeFileSync(certificateFile, other.cert);
    await httpsCertificate(folder);
    expect(readFileSync(certificateFile, "utf8")).not.toBe(other.cert);
  });
});
