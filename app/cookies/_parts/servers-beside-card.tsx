import { cookieRules } from "@/lib/lab/cookies/cookie-rules.ts";
import { stayReasons } from "@/lib/lab/cookies/cookie-travel.ts";
import { type ServerBeside, serversBeside } from "@/lib/lab/cookies/servers-beside.ts";
import { Card } from "../../_ui/card.tsx";
import { laboratoryContext } from "./cookie-laboratory.ts";

/** As the server sends it; no rule here looks at its value. */
const labLine = "__Host-lab=…; Path=/; Secure; HttpOnly; SameSite=None";
const cell = "border-t border-line py-1.25 pr-3 align-baseline";

/** Which other servers are sent this lab's own cookie, and which can set it, computed for the address of this page. */
export function ServersBesideCard({ now }: { readonly now: number }) {
  const { port } = window.location;
  const servers = serversBeside(labLine, { ...laboratoryContext(now), port });
  return (
    <Card title="Who shares the lab cookie" label="Who shares the lab cookie" note="computed for this page">
      <p className="mb-2 text-13 text-dim">
        Cookies know no port (RFC 6265bis §8.5). Another server on this host, which on <code>localhost</code> is
        anything that you started, is sent <code className="font-mono text-xs">__Host-lab</code> and can set it: then
        both share one lab. The prefix keeps out other hosts only. To see it, start{" "}
        <code className="font-mono text-xs wrap-anywhere">
          node -e "require('http').createServer((ask, answer) =&gt; answer.end(ask.headers.cookie)).listen(8080)"
        </code>{" "}
        on this machine and open its address.
      </p>
      <table className="w-full text-left text-13">
        <thead className="text-2xs tracking-[0.07em] text-faint uppercase">
          <tr>
            {["Server", "Is sent it", "Can set it"].map((name) => (
              <th key={name} scope="col" className="pr-3 font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {servers.map((server) => (
            <tr key={server.name}>
              <th scope="row" className={`${cell} font-normal`}>
                {server.name}
                <span className="block font-mono text-2xs text-faint wrap-anywhere">{server.origin}</span>
              </th>
              <Answer why={server.notSent} />
              <Answer why={server.cannotSet} />
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const reasons = { ...cookieRules, ...stayReasons };

function Answer({ why }: { readonly why: ServerBeside["cannotSet"] }) {
  return (
    <td className={cell}>
      {why === null ? (
        <strong className="font-semibold text-refused">yes</strong>
      ) : (
        <>
          <strong className="font-semibold text-accepted">no</strong>
          <span className="block text-2xs text-dim">{reasons[why][0]}</span>
        </>
      )}
    </td>
  );
}
