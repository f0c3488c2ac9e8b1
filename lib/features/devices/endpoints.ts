import { z } from "zod";
import { asJson } from "../../http/openapi/content.ts";
import { refusalCode } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
import { labCookieOf } from "../../http/request/lab-cookie.ts";
import { insideDevices } from "../../lab/inside-devices.ts";
import type { Devices } from "./devices.ts";

/** A call of a flow, an account or an admin. A device does not change the lab, and sends no other device. */
const devicePath =
  /^\/api\/(?:account\/password|admin\/users\/[\w-]{1,64}\/(?:disable|revoke|role)|[\w-]{1,40}\/(?:login|logout|me|refresh|revoke|sessions))$/;

const sendBody = z.strictObject({
  device: z.enum(insideDevices),
  flow: z.string().max(40),
  method: z.enum(["GET", "POST"]),
  path: z
    .string()
    .regex(devicePath, { error: "must be an address of a flow, an account or an admin, as /api/cookie/me" }),
  body: z.record(z.string().max(40), z.union([z.string().max(1024), z.boolean()])).optional(),
});

const sendAnswer = z.strictObject({
  status: z.int(),
  code: refusalCode.nullable(),
  /** The sentence of a refusal. */
  detail: z.string().nullable(),
});

const devicesAnswer = z.strictObject({ phone: z.array(z.string()), admin: z.array(z.string()) });

/** Other devices of this lab: requests that a phone, or an admin's computer, sends from inside the server. */
export function deviceEndpoints(devices: Devices): Endpoints {
  return {
    "lab/devices": {
      GET: {
        summary: "The flows in which another device holds a login",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        answers: { 200: [asJson(devicesAnswer)] },
        run: async ({ context }) => (context ? json(devices.view(context.lab.id)) : notFound),
      },
      POST: operation({
        summary: "Send a request from another device",
        description:
          "The device has a cookie jar, tokens and a user agent of its own for each flow, and is in this lab. Its request is told among the exchanges. Answers the status and the code, and no credential.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        body: sendBody,
        answers: { 200: [asJson(sendAnswer)] },
        run: (call) => send(call, devices),
      }),
    },
  };
}

const notFound = { ok: false, code: "NOT_FOUND" } as const satisfies Answer;

async function send(
  { app, context, request, body }: Call<z.infer<typeof sendBody>>,
  devices: Devices,
): Promise<Answer> {
  const cookie = labCookieOf(createRequestJar(request.headers.get("cookie")));
  if (!context) return notFound;
  // The visitor's first request made this lab, so its cookie is in the answer and not yet in the request.
  if (!cookie) return { ok: false, code: "UNPROCESSABLE", detail: "Send the lab's cookie: a device is in a lab." };
  if (!app.flows.some(({ manifest }) => manifest.id === body.flow)) {
    const known = app.flows.map(({ manifest }) => manifest.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `flow: there are ${known}.` };
  }
  const { status, code, body: answered } = await devices.send(context.lab.id, cookie, body);
  const detail = answered["detail"];
  return json({ status, code, detail: code !== null && typeof detail === "string" ? detail : null });
}
