import type { Exchange, Header } from "@/lib/core/exchange.ts";
import { Disclosure } from "./disclosure.tsx";
import { ExplainedAttributes } from "./explained-attributes.tsx";
import { maskedHeader, readableBody } from "./mask.ts";
import { StatusWords } from "./status-words.tsx";

/** The headers that a login turns on; the others are there to be opened. */
const telling = new Set([
  "authorization",
  "cookie",
  "origin",
  "sec-fetch-site",
  "content-type",
  "set-cookie",
  "www-authenticate",
  "clear-site-data",
  "retry-after",
  "allow",
]);
const credentials = new Set(["authorization", "cookie", "set-cookie", "www-authenticate", "clear-site-data"]);

type Reveal = { readonly reveal: boolean };

/** The request as it arrived. */
export function RequestLines({ exchange, reveal }: { exchange: Exchange } & Reveal) {
  const { method, path, headers, body } = exchange.request;
  return (
    <Lines
      first={
        <>
          {method} {path}
        </>
      }
      headers={headers}
      body={body}
      reveal={reveal}
    />
  );
}

/** The response as it left. */
export function ResponseLines({ exchange, reveal }: { exchange: Exchange } & Reveal) {
  const { status, headers, body } = exchange.response;
  return (
    <Lines first={<StatusWords status={status} code={exchange.code} />} headers={headers} body={body} reveal={reveal} />
  );
}

type LinesProps = Reveal & {
  readonly first: React.ReactNode;
  readonly headers: readonly Header[];
  readonly body: string | null;
};

function Lines({ first, headers, body, reveal }: LinesProps) {
  const shown = headers.filter(([name]) => telling.has(name.toLowerCase()));
  const rest = headers.filter(([name]) => !telling.has(name.toLowerCase()));
  return (
    <div className="code min-w-0">
      <p className="font-semibold">{first}</p>
      {shown.map((header) => (
        <HeaderLine key={header.join(": ")} header={header} reveal={reveal} />
      ))}
      {rest.length > 0 && (
        <Disclosure summary={<span className="font-sans">{rest.length} more headers</span>}>
          <div className="text-dim">
            {rest.map((header) => (
              <HeaderLine key={header.join(": ")} header={header} reveal={reveal} />
            ))}
          </div>
        </Disclosure>
      )}
      {body !== null && body !== "" && <p className="mt-1.5 text-dim">{readableBody(body, reveal)}</p>}
    </div>
  );
}

function HeaderLine({ header, reveal }: { header: Header } & Reveal) {
  const [name] = header;
  const line = (
    <>
      <span className="text-faint">{titled(name)}: </span>
      <HeaderValue header={header} reveal={reveal} />
    </>
  );
  return credentials.has(name.toLowerCase()) ? (
    <p>
      <mark className="rounded-xs bg-flow-ground box-decoration-clone px-0.5 text-ink">{line}</mark>
    </p>
  ) : (
    <p>{line}</p>
  );
}

function HeaderValue({ header, reveal }: { header: Header } & Reveal) {
  const value = reveal ? header[1] : maskedHeader(header);
  if (header[0].toLowerCase() !== "set-cookie") return value;
  return (
    <>
      {value.split(";")[0]}
      <ExplainedAttributes line={value} />
    </>
  );
}

function titled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
