import type { FlowManifest, Variant } from "../../core/variant.ts";

type Readme = {
  readonly manifest: FlowManifest;
  readonly variant: Variant;
  readonly needs: { readonly sql: boolean; readonly redis: boolean };
  /** What is there for the tests alone. */
  readonly testOnly: readonly string[];
};

export function readmeText({ manifest, variant, needs, testOnly }: Readme): string {
  const warning = {
    safe: "",
    limited: "\n**Limited**: right for its kind, but a copy of what the client holds can outlive its logout.\n",
    unsafe: "\n**Unsafe**, wrong on purpose, to be seen failing. Use it for nothing else.\n",
  }[variant.safety];
  const token = variant.holds[0].travels === "bearer";
  const again = token
    ? `curl -sS localhost:8080/me -H "Authorization: Bearer <the access_token of that answer>"`
    : "curl -sS -b jar -c jar localhost:8080/me";
  const services = [
    ...(needs.sql
      ? ["| `DATABASE_URL` | `file:./data/logins.db` | a SQLite file; it is made and migrated at the start |"]
      : []),
    ...(needs.redis ? ["| `REDIS_URL` | `redis://localhost:6379` | a Redis server |"] : []),
  ];
  return `# ${manifest.title}: ${variant.title}

\`${variant.id}\`, taken out of Loginscope. ${manifest.trusts} ${manifest.therefore}

${variant.summary}
${warning}
## Run it

\`\`\`sh
npm install        # Node.js 20 or later; the server itself runs on the Node.js that this installs
npm start
npm test           # the flow's own tests
npm run check      # types
\`\`\`

\`\`\`sh
curl -sS -c jar localhost:8080/login -H 'Content-Type: application/json' \\
  -d '{"username":"alice","password":"alice-likes-tea"}'
${again}
curl -sS -b jar -c jar -X POST localhost:8080/logout
\`\`\`

\`POST /login\`, \`GET /me\`, \`POST /refresh\`, \`POST /logout\`, \`GET /sessions\`, \`POST /revoke\`. What this variant cannot do
answers 405 and says why. Refusals are problem details (RFC 9457) with a \`code\`.

| variable | default | |
|--|--|--|
| \`PORT\` | \`8080\` | on \`localhost\` only: put a proxy with https in front |
| \`ORIGIN\` | \`http://localhost:<PORT>\` | the address that people see; pages of any other origin cannot change anything here |
| \`SECRET\` | made anew at each start | at least 32 random characters (\`openssl rand -base64 48\`); all keys come from it |
${services.map((line) => `${line}\n`).join("")}
## Read it

1. \`lib/flows/${manifest.id}/flow.ts\`: the flow, top to bottom.
2. \`wiring.ts\`: what this variant's settings become.
3. \`ports/\`: how each port is made.
4. \`lib/http/standalone.ts\`: the requests. \`main.ts\` starts it all.

## Before it is yours

- \`people.ts\` has public passwords. Put your own people there, or make \`users\` in \`wiring.ts\` yours.
- Set \`SECRET\`, and \`ORIGIN\` to the https address that people see: browsers keep \`__Host-\` cookies only over https, localhost excepted.
- The constant \`main\` stands where Loginscope has the name of a lab. It is part of every credential; leave it, or change it everywhere.
- Counting wrong passwords is done in this process alone, and the log of events goes to the console.
- Nothing is cleaned up by itself: call the \`sweep\` of what \`wiring.ts\` opens now and then.
- Changing a password is not here. When you add it, call \`users.raiseVersion\`, which ends what was issued before.
${testOnly.length > 0 ? `\nOnly the tests need these, since they hold all variants of the flow to its rules:\n\n${testOnly.map((path) => `- \`${path}\``).join("\n")}\n` : ""}
MIT: see \`LICENSE\`.
`;
}
