import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../lib/server/process/env.ts";
import { project } from "./processes.ts";

const text = readFileSync(join(project, ".env.example"), "utf8");
const example = Object.fromEntries([...text.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
const required = { LOGINSCOPE_SECRET: "nVq8s3LrT0xYw6ZbKc2mHd9fJg4uPa7E" };

describe(".env.example", () => {
  it("names every setting that is read, and no other", () => {
    const read = Object.keys(readEnvironment({ ...example, ...required })).filter(
      (name) => name === name.toUpperCase(),
    );
    // Next.js sets NODE_ENV, so it is not in the example.
    expect(Object.keys(example).sort()).toEqual(read.filter((name) => name !== "NODE_ENV").sort());
  });

  it("shows the defaults", () => {
    const {
      LAB_MODE: _labMode,
      LOGINSCOPE_ORIGIN: _origin,
      REDIS_URL: _redis,
      SECURITY_CONTACT: _contact,
      OTHER_PORT_ORIGIN: _otherPort,
      ...shown
    } = example;
    const defaults = readEnvironment({ ...required, NODE_ENV: "production" });
    expect(readEnvironment({ ...shown, ...required, NODE_ENV: "production" })).toEqual(defaults);
  });
});
