import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { shortened } from "../_ui/mask.ts";

/** `GET me`, `POST admin/users/WvNr…BrQ/role`: the method and the end of the address, long ids shortened. */
export function requestName({ flow, request }: Exchange): string {
  const [path = ""] = request.path.split("?");
  const parts = path.split("/").filter((part) => part !== "" && part !== "api");
  const rest = parts[0] === flow ? parts.slice(1) : parts;
  return `${request.method} ${rest.map((part) => shortened(part, 6)).join("/")}`;
}
