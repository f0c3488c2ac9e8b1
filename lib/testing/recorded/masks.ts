/**
 * The values of an exchange that are not compared: they differ in each run, or change when code moves. Everything else is
 * compared to the byte. A masked value begins with `‹` and the mask's name, and keeps its form and length where they matter.
 */
export type Mask = {
  readonly name: string;
  readonly why: string;
  readonly pattern: RegExp;
  readonly as: string | ((found: string, ...groups: string[]) => string);
};

export const masks: readonly Mask[] = [
  {
    name: "seal",
    why: "iron-session draws salts and an initialization vector for each. The key's generation and the length stay.",
    pattern: /(Fe26\.2\*\d+)\*([\w*-]+~2)/g,
    as: (_, begin = "", rest = "") => `${begin}*‹seal, ${rest.length} characters›`,
  },
  {
    name: "ES256 signature",
    why: "ECDSA draws a number for each (FIPS 186-5 §6.3). Header and claims stay; EdDSA and HMAC draw none.",
    pattern: /\b(eyJhbGciOiJFUzI1NiI[\w-]*\.[\w-]+)\.[\w-]{86}(?![\w-])/g,
    as: "$1.‹ES256 signature›",
  },
  {
    name: "salt and tag",
    why: "The adapter of argon2id draws the salt of a password's hash. Algorithm and cost stay.",
    pattern: /(\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$)[\w+/]{22}\$[\w+/]{43}/g,
    as: "$1‹salt and tag›",
  },
  {
    name: "stopwatch",
    why: "How long something took, by the machine.",
    pattern: /(\\*")(took|startedAfter|milliseconds)\1:[\d.]+/g,
    as: "$1$2$1:$1‹stopwatch›$1",
  },
  {
    name: "beginning",
    why: "When an exchange began is computed: when it was answered, less how long that took by the stopwatch.",
    pattern: /("at":)\d+(?=,"clockOffset")/g,
    as: '$1"‹beginning›"',
  },
  {
    name: "time to live",
    why: "Redis counts a key's remaining seconds by its own clock.",
    pattern: /("expiresInSeconds":)\d+/g,
    as: '$1"‹time to live›"',
  },
  {
    name: "loopback port",
    why: "Experiments are played through a socket, at whichever port is free.",
    pattern: /127\.0\.0\.1:\d+/g,
    as: "127.0.0.1:‹loopback port›",
  },
  {
    name: "lines of source",
    why: "A cell of the comparison names the lines that it comes from. Which and how many moves with the code.",
    pattern: /(,?)(?:\{"kind":"line","file":"[^"]+","line":\d+\},?)+(?=\])/g,
    as: '$1"‹lines of source›"',
  },
  {
    name: "source line",
    why: "A step of a trace names the line that asked. It moves with the code.",
    pattern: /"file":"[^"]+","line":\d+/g,
    as: '"file":"‹source line›","line":"‹source line›"',
  },
  {
    name: "effort",
    why: "The comparison counts files, lines and packages of the source.",
    pattern: /("(?:(?:flow|parts|all)-(?:lines|files)|packages)":\{)"text":"\d+",(?:"detail":"[^"]*",)?"order":\d+/g,
    as: '$1"text":"‹effort›","order":"‹effort›"',
  },
  {
    name: "effort as CSV",
    why: "The same: seven counts one after another, behind the first field of words.",
    pattern: /(?<=,[^,\d\r\n][^,\r\n]*)(?:,\d+){7}/g,
    as: (found) => found.replace(/\d+/g, "‹effort as CSV›"),
  },
  {
    name: "version",
    why: "The version ends in a hash over all of the source.",
    pattern: /\d+\.\d+\.\d+, source [\da-f]{8}/g,
    as: "‹version›",
  },
  {
    name: "zip file",
    why: "What is taken away is the source itself. That it begins and ends as a zip file does stays.",
    pattern: /^PK[\s\S]*PK[\s\S]{20}$/g,
    as: "‹zip file›",
  },
  {
    name: "OpenAPI document",
    why: "It is written from the table of endpoints, and a linter reads it. Its version of OpenAPI stays.",
    pattern: /^(\{"openapi":"[\d.]+"),[\s\S]*\}$/g,
    as: '$1,"document":"‹OpenAPI document›"}',
  },
  {
    name: "long value",
    why: "It does not differ. Of a value that is sent only for being too long, its length is enough to read.",
    pattern: /x{100,}/g,
    as: (found) => `‹long value, ${found.length} characters›`,
  },
];

export function masked(text: string): string {
  // Two overloads of one method, of which TypeScript picks none for a union.
  return masks.reduce(
    (so, { pattern, as }) => (typeof as === "string" ? so.replace(pattern, as) : so.replace(pattern, as)),
    text,
  );
}
