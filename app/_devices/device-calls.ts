import type { FlowId } from "@/lib/core/ids.ts";
import type { RefusalCode } from "@/lib/core/refusal.ts";
import { type Answer, ask } from "../_browser/api.ts";

export type DeviceName = "phone" | "admin";

/** What another device was answered. */
export type DeviceAnswer = {
  readonly status: number;
  readonly code: RefusalCode | null;
  readonly detail: string | null;
};

export type DeviceRequest = {
  readonly device: DeviceName;
  readonly flow: FlowId;
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly body?: Readonly<Record<string, string | boolean>> | undefined;
};

/** Sends a request from a client inside the server, with the cookies and tokens of its own. */
export function sendFrom({ device, flow, method = "POST", path, body }: DeviceRequest): Promise<Answer<DeviceAnswer>> {
  return ask("/api/lab/devices", { method: "POST", body: { device, flow, method, path, ...(body && { body }) } });
}

/** The flows in which each device holds a login. */
export type DevicesView = Readonly<Record<DeviceName, readonly FlowId[]>>;
