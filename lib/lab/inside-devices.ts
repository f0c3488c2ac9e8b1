/** The other devices of a lab's people, which are clients inside the server: the owner's phone, an admin's computer. */
export const insideDevices = ["phone", "admin"] as const;
export type InsideDevice = (typeof insideDevices)[number];

const agents: Readonly<Record<InsideDevice, string>> = {
  phone:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
  admin: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
};

/** No browser has a product of this name. */
const product = "loginscope-device/";

export function agentOf(device: InsideDevice): string {
  return `${agents[device]} ${product}${device}`;
}

/** The device of that User-Agent; `null`: it is not inside this server. */
export function insideDeviceOf(userAgent: string): InsideDevice | null {
  return insideDevices.find((device) => userAgent.endsWith(product + device)) ?? null;
}
