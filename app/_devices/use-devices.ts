"use client";

import { useCallback } from "react";
import useSWR from "swr";
import { read } from "../_browser/answer-error.ts";
import type { Answer } from "../_browser/api.ts";
import type { Chooser } from "../_browser/choice.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import type { Lab } from "../_browser/lab-provider.tsx";
import { outcomeOf } from "../_browser/use-flow-acts.ts";
import type { Outcome } from "../_ui/outcome-line.tsx";
import { type DeviceAnswer, type DeviceName, type DevicesView, sendFrom } from "./device-calls.ts";

/** An admin's login has to be one that ends at once. */
const adminFlow = "server-session";

const none: DevicesView = { phone: [], admin: [] };

/** The devices of this lab beside this browser. They are read at the start, and after each of their logins. */
export function useDevices(lab: Lab, choice: Chooser) {
  const { data = none, mutate } = useSWR(
    lab.view ? ["/api/lab/devices", lab.view.lab.id] : null,
    ([path]) => read<DevicesView>(path),
    { revalidateOnFocus: false, revalidateOnReconnect: false, shouldRetryOnError: false },
  );
  const reread = useCallback(() => mutate(), [mutate]);

  async function logIn(device: DeviceName, flow: FlowInfo, username: string) {
    const person = lab.view?.people.find((each) => each.username === username);
    const variant = choice.picked[flow.id];
    const body = { username, password: choice.passwordOf(person), ...(variant && device === "phone" && { variant }) };
    return sendFrom({ device, flow: flow.id, path: `/api/${flow.id}/login`, body });
  }

  return {
    view: data,
    reread,
    /** The same person, on a phone, with this flow. */
    async logInOnPhone(flow: FlowInfo): Promise<Outcome> {
      const answer = problemOf(await logIn("phone", flow, choice.person?.username ?? ""));
      await reread();
      return outcomeOf("Log in on a phone", answer, () => "in on a phone");
    },
    /** An admin's own request, from the admin's own computer. It logs in first, if its login is missing or over. */
    async asAdmin(path: string, body: Readonly<Record<string, string | boolean>>): Promise<Answer<unknown>> {
      const flow = lab.flows.find(({ id }) => id === adminFlow) ?? lab.flows[0];
      if (!flow) throw new Error("There is no flow");
      const send = async () => problemOf(await sendFrom({ device: "admin", flow: flow.id, path, body }));
      const first = data.admin.includes(flow.id) ? await send() : null;
      if (first && (first.ok || first.status !== 401)) return first;
      const login = problemOf(await logIn("admin", flow, "admin"));
      await reread();
      return login.ok ? send() : login;
    },
  };
}

export type LabDevices = ReturnType<typeof useDevices>;

/** The answer that the device got, as if this page had got it. */
function problemOf(answer: Answer<DeviceAnswer>): Answer<unknown> {
  if (!answer.ok || answer.body.code === null) return answer;
  const { status, code, detail } = answer.body;
  return { ok: false, status, code, detail: detail ?? "", retryAfterSeconds: null };
}
