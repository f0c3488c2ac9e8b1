import type { BenchTraffic, OnTheWire } from "@/lib/features/bench/model.ts";

/** Bytes on the socket and trips to stores. They are counted, and are the same on every machine. */
export function Traffic({ rows }: { readonly rows: readonly BenchTraffic[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="bench-traffic" className="min-w-0">
      <h2 id="bench-traffic" className="text-15 font-semibold">
        What travels, and what is asked of stores
      </h2>
      <p className="text-xs text-dim">
        Bytes of GET me and of its answer, bytes of a login’s answer; statements and commands of GET me.
      </p>
      <table className="bench-traffic">
        <thead>
          <tr className="bench-captions">
            <th scope="col">
              <span className="sr-only">Variant</span>
            </th>
            <th scope="col">sent</th>
            <th scope="col">received</th>
            <th scope="col">at login</th>
            <th scope="col">SQL</th>
            <th scope="col">Redis</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ variant, flow, title, me, login, trips }) => (
            <tr key={variant} data-flow={flow}>
              <th scope="row">{title}</th>
              <td>{sent(me)}</td>
              <td>{received(me)}</td>
              <td>{received(login)}</td>
              <td>{trips?.statements ?? "–"}</td>
              <td>{trips?.commands ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const sent = ({ sent: bytes }: OnTheWire) => bytes.toLocaleString("en");
const received = ({ received: bytes }: OnTheWire) => bytes.toLocaleString("en");
