import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { asCurl } from "./as-curl.ts";

const aim = { method: "POST", path: "/api/x", plays: false, isAt: () => true };

test.for([
  ["quotes and a dollar", `{"a":"it's $HOME \`x\`"}`],
  ["bytes that are no text", new Uint8Array([0, 0xff, 0x0a, 0x27])],
  ["an empty body", ""],
  ["a body that begins like a file of curl's", "@/etc/hosts"],
] as const)("the printed line sends the same request again: %s", async ([, body]) => {
  const got: { method: string | undefined; url: string | undefined; odd: string | undefined; body: Buffer }[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    got.push({ method, url, odd: headers["x-odd"]?.toString(), body: await buffer(request) });
    response.end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;

  const request = { aim, method: "PUT", address: "/api/../x%ff/[a]?q='{1}", headers: { "x-odd": "a'b" }, body };
  const line = asCurl(`http://127.0.0.1:${port}`, request);
  const [code] = await once(spawn("sh", ["-c", line], { stdio: "ignore" }), "close");
  expect(code).toBe(0);
  expect(got).toEqual([{ method: "PUT", url: request.address, odd: "a'b", body: Buffer.from(body) }]);
});
