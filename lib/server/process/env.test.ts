import { describe, expect, test, vi } from "vitest";
import { EnvironmentError, readEnvironment } from "./env.ts";
import { isLabMode } from "./lab-mode.ts";

/** As `openssl rand -base64 48` prints it. */
const secret = "q2xv8Zk0mT4dJw1rYc7uLh5sNf9eBg3aPo6iXt2EyR+KjVzWQmHnUbDl/GSACOIM";
const read = (values: Record<string, string | undefined> = {}) =>
  readEnvironment({ LOGINSCOPE_SECRET: secret, ...values });

/** The lines of the complaint, one a variable. */
function complaints(values: Record<string, string | undefined>): readonly string[] {
  try {
    read(values);
  } catch (error) {
    if (error instanceof EnvironmentError)
      return error.message
        .split("\n")
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
}

test("a secret alone is enough: all other variables have defaults", () => {
  expect(read()).toEqual({
    NODE_ENV: "development",
    LOGINSCOPE_SECRET: secret,
    LOGINSCOPE_SECRET_PREVIOUS: [],
    DATABASE_URL: "file:./data/loginscope.db",
    SQL_READS: "prisma",
    PORT: 3000,
    BENCH: "off",
    TEST_RESULTS: "./test-results/conformance.json",
    TEST_RECORD: "./public/conformance.json",
    TRUST_PROXY: "off",
    CORS_ORIGINS: [],
    LOGIN_ATTEMPTS: 10,
    LOGIN_ATTEMPTS_PER_ADDRESS: 100,
    LOGIN_WINDOW_SECONDS: 300,
    REFRESHES_PER_MINUTE: 60,
    LABS_PER_HOUR: 400,
    LAB_HOURS: 24,
    VICTIM_ORIGIN: "http://app.localhost:3000",
    SIBLING_ORIGIN: "http://evil.app.localhost:3000",
    ATTACKER_ORIGIN: "http://evil.localhost:3000",
    OTHER_PORT_ORIGIN: null,
    VULNERABLE_ORIGIN: "http://shop.localhost:3000",
    labMode: true,
    origin: "http://localhost:3000",
  });
});

describe("a wrong value is named, with the expected form", () => {
  test.for([
    ["NODE_ENV", "staging", /"development"\|"production"\|"test"/],
    ["LAB_MODE", "true", /"on"\|"off"/],
    ["LOGINSCOPE_SECRET", secret.slice(0, 31), /at least 32 characters/],
    ["LOGINSCOPE_ORIGIN", "login.example", /must be an address such as https:\/\/login\.example/],
    ["LOGINSCOPE_ORIGIN", "ftp://login.example", /must be an address/],
    ["DATABASE_URL", "postgres://db.example/login", /must begin with file:/],
    ["REDIS_URL", "localhost:6379", /must be an address such as redis:/],
    ["REDIS_URL", "https://redis.example", /must be an address such as redis:/],
    ["ATTACKER_ORIGIN", "evil.example", /must be an origin such as/],
    ["SIBLING_ORIGIN", "ftp://evil.example", /must be an origin such as/],
    ["ATTACKER_ORIGIN", "http://localhost:4000", /must have another host name than/],
    ["SIBLING_ORIGIN", "http://app.localhost:4000", /must have another host name than/],
    ["VULNERABLE_ORIGIN", "http://localhost:4000", /must have another host name than/],
    ["OTHER_PORT_ORIGIN", "http://app.localhost:3000", /must be VICTIM_ORIGIN with another port/],
    ["OTHER_PORT_ORIGIN", "http://evil.localhost:4000", /must be VICTIM_ORIGIN with another port/],
    ["SECURITY_CONTACT", "security@login.example", /must be an address such as mailto:/],
    ["PORT", "http", /number/],
    ["PORT", "65536", /65535/],
    ["PORT", "-1", /0/],
    ["TRUST_PROXY", "yes", /"on"\|"off"/],
    ["CORS_ORIGINS", "*", /comma-separated list of origins/],
    ["CORS_ORIGINS", "https://one.example,two", /comma-separated list of origins/],
    ...[
      "LOGIN_ATTEMPTS",
      "LOGIN_ATTEMPTS_PER_ADDRESS",
      "LOGIN_WINDOW_SECONDS",
      "REFRESHES_PER_MINUTE",
      "LABS_PER_HOUR",
      "LAB_HOURS",
    ].flatMap(
      (name) =>
        [
          [name, "0", />=1/],
          [name, "1.5", /int/],
          [name, "many", /number/],
          [name, "1000001", /<=1000000/],
        ] as const,
    ),
  ] as const)("%s=%s", ([name, value, expected]) => {
    const [line, ...others] = complaints({ [name]: value });
    expect(line).toMatch(new RegExp(`^${name}: `));
    expect(line).toMatch(expected);
    expect(others).toEqual([]);
  });

  test("all wrong values are named at once, each on its own line", () => {
    const lines = complaints({ LOGINSCOPE_SECRET: undefined, LAB_MODE: "maybe", PORT: "x", LAB_HOURS: "-1" });
    expect(lines.map((line) => line.split(":")[0])).toEqual(["LAB_MODE", "LOGINSCOPE_SECRET", "PORT", "LAB_HOURS"]);
  });
});

test("away from localhost the attacker has no host until one is set", () => {
  const { VICTIM_ORIGIN, SIBLING_ORIGIN, ATTACKER_ORIGIN, VULNERABLE_ORIGIN } = read({
    LOGINSCOPE_ORIGIN: "https://login.example",
    ATTACKER_ORIGIN: "https://evil.example/any/path",
  });
  expect([VICTIM_ORIGIN, SIBLING_ORIGIN, ATTACKER_ORIGIN, VULNERABLE_ORIGIN]).toEqual([
    ...["https://login.example", null, "https://evil.example", null],
  ]);
});

describe("the secret", () => {
  test.for(["production", "development", "test"])("is required in %s, without a default", (NODE_ENV) => {
    const [line] = complaints({ NODE_ENV, LOGINSCOPE_SECRET: undefined });
    expect(line).toMatch(/^LOGINSCOPE_SECRET: must be set: at least 32 random characters, for example/);
  });

  test.for([
    ["a placeholder", "change-me-change-me-change-me-0123456789"],
    ["a word for itself", "this-is-my-very-long-secret-0123456789-xyz"],
    ["a password", "Password0123456789abcdefghijklmnopqrstuv"],
    ["an example's", "example-0123456789-abcdefghijklmnopqrstu"],
    ["one character repeated", "a".repeat(64)],
    ["a few characters repeated", "0123456789".repeat(6)],
    ["31 characters", secret.slice(0, 31)],
  ])("is refused when it is %s", ([, LOGINSCOPE_SECRET]) => {
    const lines = complaints({ NODE_ENV: "production", LOGINSCOPE_SECRET });
    expect(lines).toEqual([expect.stringMatching(/^LOGINSCOPE_SECRET: must (be random|have at least 32)/)]);
    // A complaint ends up in a log.
    expect(lines.join()).not.toContain(LOGINSCOPE_SECRET);
  });

  test("is accepted with 32 random characters", () => {
    expect(complaints({ LOGINSCOPE_SECRET: secret.slice(0, 32) })).toEqual([]);
  });
});

describe("the secrets from before", () => {
  const older = [...secret].reverse().join("");

  test("are none unless they are given; several are separated by spaces or commas", () => {
    expect(read().LOGINSCOPE_SECRET_PREVIOUS).toEqual([]);
    for (const list of [`${older} ${secret}`, ` ${older},${secret},`, `${older}, ${secret}`, `${older}\n${secret}`]) {
      expect(read({ LOGINSCOPE_SECRET_PREVIOUS: list }).LOGINSCOPE_SECRET_PREVIOUS).toEqual([older, secret]);
    }
  });

  test("are checked by the same rules, and no error contains one", () => {
    const weak = ["a".repeat(64), secret.slice(0, 31), "change-me-change-me-change-me-0123456789"];
    for (const each of weak) {
      const lines = complaints({ LOGINSCOPE_SECRET_PREVIOUS: `${older} ${each}` });
      expect(lines).toEqual([expect.stringMatching(/^LOGINSCOPE_SECRET_PREVIOUS: must (be random|have at least 32)/)]);
      expect(lines.join()).not.toContain(each);
    }
    const four = Array.from({ length: 4 }, (_, n) => `${older}${n}`).join(" ");
    expect(complaints({ LOGINSCOPE_SECRET_PREVIOUS: four })).toEqual([expect.stringContaining("three at most")]);
  });

  test("do not stand in for the secret itself", () => {
    expect(complaints({ LOGINSCOPE_SECRET: "", LOGINSCOPE_SECRET_PREVIOUS: older })).toHaveLength(1);
  });
});

describe("an empty value counts as left out", () => {
  test("gives the default if there is one", () => {
    const { PORT, CORS_ORIGINS, DATABASE_URL, origin } = read({
      PORT: "",
      CORS_ORIGINS: "",
      DATABASE_URL: "",
      LOGINSCOPE_ORIGIN: "",
    });
    expect({ PORT, CORS_ORIGINS, DATABASE_URL, origin }).toEqual({
      ...{ PORT: 3000, CORS_ORIGINS: [] },
      ...{ DATABASE_URL: "file:./data/loginscope.db", origin: "http://localhost:3000" },
    });
  });

  test("is an error if there is no default", () => {
    expect(complaints({ LOGINSCOPE_SECRET: "" })).toEqual([expect.stringContaining("must be set")]);
  });

  test("an empty LAB_MODE does not turn lab mode on in production", () => {
    expect(read({ NODE_ENV: "production", LAB_MODE: "" }).labMode).toBe(false);
  });
});

describe("lab mode", () => {
  test.for([
    [{}, true],
    [{ NODE_ENV: "development" }, true],
    [{ NODE_ENV: "test" }, true],
    [{ NODE_ENV: "production" }, false],
    [{ NODE_ENV: "production", LAB_MODE: "on" }, true],
    [{ NODE_ENV: "development", LAB_MODE: "off" }, false],
  ] as const)("%o: %s", ([values, on]) => {
    expect(read(values).labMode).toBe(on);
    // What a page is told goes by the same rule.
    expect(isLabMode(values)).toBe(on);
  });

  test.for(["ON", "1", "true", "yes", " on"])("in production LAB_MODE=%o leaves lab mode off", (LAB_MODE) => {
    expect(complaints({ NODE_ENV: "production", LAB_MODE })).toHaveLength(1);
    expect(isLabMode({ NODE_ENV: "production", LAB_MODE })).toBe(false);
  });
});

test("the origin is configured, and has to be an origin only", () => {
  expect(read({ PORT: "4000" }).origin).toBe("http://localhost:4000");
  expect(read({ LOGINSCOPE_ORIGIN: "https://login.example/" }).origin).toBe("https://login.example");
  expect(read({ LOGINSCOPE_ORIGIN: "https://LOGIN.example:443/path?query" }).origin).toBe("https://login.example");
});

test("CORS_ORIGINS is a list with commas", () => {
  const origins = read({ CORS_ORIGINS: " https://one.example/, https://two.example:8443 ,," }).CORS_ORIGINS;
  expect(origins).toEqual(["https://one.example", "https://two.example:8443"]);
});

test("it reads the process's environment unless told otherwise", () => {
  vi.stubEnv("LOGINSCOPE_SECRET", secret);
  vi.stubEnv("PORT", "4321");
  expect(readEnvironment().PORT).toBe(4321);
});
