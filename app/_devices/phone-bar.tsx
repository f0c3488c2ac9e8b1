"use client";

import Smartphone from "lucide-react/icons/smartphone";
import { useState } from "react";
import type { FlowId } from "@/lib/core/ids.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { Button } from "../_ui/controls/button.tsx";
import { FlowIcon } from "../_ui/flow-icon.tsx";
import { type DeviceAnswer, sendFrom } from "./device-calls.ts";

type PhoneBarProps = {
  readonly flows: readonly FlowInfo[];
  /** The flows in which the phone holds a login. */
  readonly holding: readonly FlowId[];
  readonly onChange: () => Promise<unknown>;
};

type Told = { readonly flow: FlowInfo; readonly words: string };

/** The owner's phone, a client inside the server: asks, logs out, or ends the logins of all other devices. */
export function PhoneBar({ flows, holding, onChange }: PhoneBarProps) {
  const [told, setTold] = useState<readonly Told[]>([]);
  const [busy, setBusy] = useState(false);
  if (holding.length === 0) return null;
  const own = flows.filter(({ id }) => holding.includes(id));

  const send = async (action: string, method: "GET" | "POST", body?: Readonly<Record<string, string>>) => {
    setBusy(true);
    const answers = own.map(async (flow): Promise<Told> => {
      const path = `/api/${flow.id}/${action}`;
      const answer = await sendFrom({ device: "phone", flow: flow.id, method, path, body });
      return { flow, words: answer.ok ? inWords(answer.body) : answer.code };
    });
    setTold(await Promise.all(answers));
    await onChange();
    setBusy(false);
  };

  return (
    <section aria-label="Phone" className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <h2 className="flex items-center gap-1.5 font-semibold">
        <Smartphone className="size-4" aria-hidden /> Phone
      </h2>
      <span className="flex gap-1.5">
        <Button busy={busy} onPress={() => void send("me", "GET")}>
          Send
        </Button>
        <Button busy={busy} onPress={() => void send("logout", "POST")}>
          Log out
        </Button>
        <Button busy={busy} onPress={() => void send("revoke", "POST", { scope: "others" })}>
          Revoke others
        </Button>
      </span>
      <p role="status" className="flex flex-wrap gap-x-3 text-13">
        {told.map(({ flow, words }) => (
          <span key={flow.id} data-flow={flow.id} className="inline-flex items-center gap-1">
            <FlowIcon flow={flow.id} className="size-3.5" />
            <span className="text-flow">{flow.title}</span> {words}
          </span>
        ))}
      </p>
    </section>
  );
}

function inWords({ status, code }: DeviceAnswer): string {
  return code === null ? `accepted ${status}` : `refused ${code}`;
}
