import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readBody } from "./body.ts";
import { shortText } from "./text.ts";

describe("a body", () => {
  const schema = z.strictObject({ name: shortText }).optional();
  const send = (body: BodyInit | null, type = "application/json") =>
    readBody(
      new Request("http://lab.example", { method: "POST", body, headers: type ? { "content-type": type } : {} }),
      schema,
    );

  async function refusal(sent: ReturnType<typeof send>): Promise<unknown> {
    const read = await sent;
    return "answer" in read ? read.answer.json() : null;
  }

  test("of the expected type is parsed, and its text kept", async () => {
    expect(await send('{"name":"alice"}')).toEqual({ body: { name: "alice" }, text: '{"name":"alice"}' });
    expect(await send(null, "")).toEqual({ body: undefined, text: "" });
    expect(await send("")).toEqual({ body: undefined, text: "" });
  });

  test("is JSON under any spelling of its type", async () => {
    for (const type of [
      "application/json",
      "Application/JSON",
      "application/json; charset=utf-8",
      "application/json;x=y",
    ]) {
      expect([type, await refusal(send('{"name":"alice"}', type))]).toEqual([type, null]);
    }
    for (const type of [
      "",
      "text/plain",
      "text/json",
      "application/jsonp",
      "application/json+x",
      "text/plain, application/json",
    ]) {
      expect([type, await refusal(send("{}", type))]).toEqual([
        type,
        expect.objectContaining({ code: "UNSUPPORTED_MEDIA_TYPE" }),
      ]);
    }
  });

  test("is not encoded: what is compressed gets 415, with the encoding that would do (RFC 9110 §15.5.16)", async () => {
    const encoded = (encoding: string) =>
      readBody(
        new Request("http://lab.example", {
          method: "POST",
          body: '{"name":"alice"}',
          headers: { "content-type": "application/json", "content-encoding": encoding },
        }),
        schema,
      );
    for (const encoding of ["gzip", "br", "identity, gzip", "nonesuch"]) {
      const read = await encoded(encoding);
      const answer = "answer" in read ? read.answer : null;
      expect([encoding, answer?.status, answer?.headers.get("accept-encoding")]).toEqual([encoding, 415, "identity"]);
    }
    expect(await encoded("Identity")).toHaveProperty("body");
  });

  test("may have as many bytes as the limit and not one more, in one chunk or many", async () => {
    const sized = (bytes: number) => `{"name":"x"}${" ".repeat(bytes - 12)}`;
    expect(await refusal(send(sized(16_384)))).toBeNull();
    expect(await refusal(send(sized(16_385)))).toMatchObject({ status: 413, code: "PAYLOAD_TOO_LARGE" });
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000).fill(0x20));
      },
    });
    const request = new Request("http://lab.example", { method: "POST", body: endless, ...{ duplex: "half" } });
    expect(await readBody(request, schema)).toHaveProperty("answer.status", 413);
    expect(pulled).toBeLessThan(25);
  });

  test.for(["{", "nonsense", "{}{}", '"', "NaN", "\u00a0", new Uint8Array([0x22, 0xff, 0x22])])(
    "that is not JSON in UTF-8 is BAD_REQUEST: %j",
    async (body) => {
      expect(await refusal(send(body))).toMatchObject({ status: 400, code: "BAD_REQUEST" });
    },
  );

  test("that breaks off is BAD_REQUEST", async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"name":'));
        controller.error(new Error("the connection is gone"));
      },
    });
    const request = new Request("http://lab.example", { method: "POST", body: broken, ...{ duplex: "half" } });
    expect(await readBody(request, schema)).toHaveProperty("answer.status", 400);
  });

  test.for([
    ["{}", "name: "],
    ['{"name":7}', "name: "],
    ['{"name":""}', "name: "],
    [`{"name":"${"x".repeat(257)}"}`, "name: "],
    ['{"name":"a\\u0001"}', "name: "],
    ['{"name":"a\\u0000"}', "body: "],
    ['{"name":"a\\ud800"}', "body: "],
    ['{"name":"a","name":"b"}', "body: must not have two members of one name"],
    ['{"name":1e400}', "body: must not have a number"],
    [`{"name":${"[".repeat(5000)}${"]".repeat(5000)}}`, "body: must be nested at most 32 deep"],
    ['{"name":"a","rôle":"admin"}', 'body: Unrecognized key: "rôle"'],
    ['{"name":"a","__proto__":{"role":"admin"}}', 'body: Unrecognized key: "__proto__"'],
    ["[]", "body: "],
    ["null", "body: "],
    ["7", "body: "],
  ])("of another shape is UNPROCESSABLE, and the detail begins with the field: %s", async ([body, detail]) => {
    expect(await refusal(send(body ?? ""))).toMatchObject({
      status: 422,
      code: "UNPROCESSABLE",
      detail: expect.stringMatching(new RegExp(`^${detail}.*\\.$`)),
    });
  });
});
