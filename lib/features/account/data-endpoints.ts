import { z } from "zod";
import type { FlowModule } from "../../core/flow.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Result } from "../../core/result.ts";
import { dataLimits, type Json, type LoginData } from "../../core/session-data.ts";
import type { Variant } from "../../core/variant.ts";
import { noContent, notSupported, refused } from "../../http/answers.ts";
import { asJson } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { chooseFlow } from "../../http/request/credential-of-request.ts";

const keyPattern = /^[a-z][a-z0-9-]{0,31}$/;

const valueBody = z.strictObject({
  value: z.custom<Json>().superRefine((value, { addIssue }) => {
    const objection = objectionTo(value);
    if (objection) addIssue(objection);
  }),
});

const valueAnswer = z.strictObject({ value: z.unknown() });

/** What an application keeps with a login: a cart, the steps of a form. Each call looks at the login first, and uses it. */
export function dataEndpoints(module: FlowModule): Endpoints {
  const withKey = (call: Call, act: (data: LoginData, key: string) => Promise<Result<Answer>>) => {
    const { key = "" } = call.params;
    return withData(call, module, async (data) => (keyPattern.test(key) ? act(data, key) : wrongKey));
  };
  const asked = { by: "login", lab: "named" } as const;
  return {
    data: {
      GET: {
        ...asked,
        summary: "What is kept with this login",
        description: "NOT_SUPPORTED where the flow keeps nothing.",
        answers: { 200: [asJson(z.strictObject({ data: z.record(z.string(), z.unknown()) }))] },
        refuses: ["NOT_SUPPORTED"],
        run: (call) => withData(call, module, async (data) => given({ data: await data.all() })),
      },
      DELETE: {
        ...asked,
        summary: "Forget all that is kept with this login",
        answers: { 200: [asJson(z.strictObject({ removed: z.int() }))] },
        refuses: ["NOT_SUPPORTED"],
        run: (call) =>
          withData(call, module, async (data) => {
            const cleared = await data.clear();
            return cleared.ok ? given({ removed: cleared.value }) : cleared;
          }),
      },
    },
    "data/:key": {
      GET: {
        ...asked,
        summary: "One value that is kept with this login",
        answers: { 200: [asJson(valueAnswer)] },
        refuses: ["NOT_SUPPORTED", "UNPROCESSABLE"],
        run: (call) => withKey(call, async (data, key) => valueOr404(await data.get(key))),
      },
      PUT: operation({
        ...asked,
        summary: "Keep a value with this login",
        body: valueBody,
        answers: { 204: [] },
        refuses: ["NOT_SUPPORTED"],
        run: (call) => withKey(call, (data, key) => put(data, key, call.body.value)),
      }),
      DELETE: {
        ...asked,
        summary: "Forget one value",
        description: "Answers what it removed.",
        answers: { 200: [asJson(valueAnswer)] },
        refuses: ["NOT_SUPPORTED"],
        run: (call) =>
          withKey(call, async (data, key) => {
            const removed = await data.remove(key);
            return removed.ok ? valueOr404(removed.value) : removed;
          }),
      },
    },
  };
}

async function put(data: LoginData, key: string, value: Json): Promise<Result<Answer>> {
  const set = await data.set(key, value);
  return set.ok ? { ok: true, value: noContent() } : set;
}

async function withData(
  call: Call,
  module: FlowModule,
  act: (data: LoginData) => Promise<Result<Answer>>,
): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  // A flow without session data says so before the caller is authenticated: the answer is the same for all callers.
  const variant: Variant = chosen.ok ? chosen.value.variant : module.manifest.variants[0];
  if (variant.cannot.data) return notSupported(variant, "data");
  if (!chosen.ok) return refused(module, chosen.code);
  const data = await chosen.value.flow.data?.(call.flowRequest);
  if (!data) return notSupported(variant, "data");
  if (!data.ok) return refused(module, data.code, variant);
  const answer = await act(data.value);
  if (answer.ok) return answer.value;
  const detail = details[answer.code];
  return detail ? { ok: false, code: answer.code, detail } : refused(module, answer.code, variant);
}

const details: Partial<Record<RefusalCode, string>> = {
  UNPROCESSABLE: `There is no room for another value: a login keeps at most ${dataLimits.keys}. Nothing was changed.`,
  PAYLOAD_TOO_LARGE:
    "With that the cookie would have more than 4096 bytes, and a browser would drop it. Nothing was changed.",
};

const wrongKey: Result<Answer> = {
  ok: true,
  value: {
    ok: false,
    code: "UNPROCESSABLE",
    detail: "key: must be 1 to 32 lower-case letters, digits and hyphens, and begin with a letter.",
  },
};

function given(body: object): Result<Answer> {
  return { ok: true, value: json(body) };
}

function valueOr404(found: { readonly value: Json } | null): Result<Answer> {
  if (found) return given({ value: found.value });
  return {
    ok: true,
    value: { ok: false, code: "NOT_FOUND", detail: "Nothing is kept with this login under that key." },
  };
}

/**
 * Says in a sentence why a value is refused. `null`: it is accepted. The depth is checked first, because
 * `JSON.stringify` overflows the stack on a value that is nested too deep.
 */
function objectionTo(value: unknown): string | null {
  if (value === undefined) return "must be there; any JSON will do";
  if (!fits(value, dataLimits.depth)) return `must be nested at most ${dataLimits.depth} deep`;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return bytes > dataLimits.valueBytes ? `must have at most ${dataLimits.valueBytes} bytes as JSON` : null;
}

function fits(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((member) => fits(member, depth - 1));
}
