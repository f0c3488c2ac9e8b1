import type { Exchange } from "@/lib/lab/exchange.ts";
import { shortened } from "./mask.ts";

/** An answer's status, and the code of a refusal: words, not only a colour. */
export function StatusWords({ status, code }: { status: number; code: string | null }) {
  const refused = status >= 400;
  return (
    <span className={`font-mono text-xs font-semibold ${refused ? "text-refused" : "text-accepted"}`}>
      {status}
      {code !== null && <span className="font-normal"> {code}</span>}
    </span>
  );
}

/** `GET me`, `POST admin/users/WvNr…BrQ/role`: the method and the end of the address, long ids shortened. */
export function requestName({ flow, request }: Exchange): string {
  const [path = ""] = request.path.split("?");
  const parts = path.split("/").filter((part) => part !== "" && part !== "api");
  const rest = parts[0] === flow ? parts.slice(1) : parts;
  return `${request.method} ${rest.map((part) => shortened(part, 6)).join("/")}`;
}
