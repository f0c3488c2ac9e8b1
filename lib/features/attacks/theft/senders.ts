import type { SenderTold } from "./model.ts";

const hers = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";
const his = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0";

/** The client that alice's login is given to. The addresses are those of RFC 5737, which no client has. */
export const home = { userAgent: hers, address: "192.0.2.10" } as const;

const elsewhere = "198.51.100.7";

/** Who sends alice's credential. The phone is her own: it is in the table for the alarm that it raises. */
export const senders: readonly SenderTold[] = [
  sender("own-device", {
    title: "A thief, from a device of his own",
    does: "Another browser, on another network.",
    ...{ who: "thief", userAgent: his, address: elsewhere },
  }),
  sender("same-network", {
    title: "A thief in the same café",
    does: "Another browser, behind the same address.",
    ...{ who: "thief", userAgent: his, address: home.address },
  }),
  sender("same-agent", {
    title: "A thief who sends her user agent",
    does: "It is a header: he copies it with the credential. His network is another one.",
    ...{ who: "thief", userAgent: hers, address: elsewhere },
  }),
  sender("alike", {
    title: "A thief who looks like her",
    does: "He copies her user agent, and sits in the same café.",
    ...{ who: "thief", userAgent: hers, address: home.address },
  }),
  sender("phone", {
    title: "alice herself, on the way",
    does: "No thief: her own browser, which has left one network for another.",
    ...{ who: "owner", userAgent: hers, address: "203.0.113.9" },
  }),
];

function sender(id: string, told: Omit<SenderTold, "id" | "same">): SenderTold {
  return { id, ...told, same: { userAgent: told.userAgent === hers, address: told.address === home.address } };
}
