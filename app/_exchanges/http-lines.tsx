import type { Exchange, Header } from "@/lib/lab/feed/exchange.ts";
import { Disclosure } from "../_ui/controls/disclosure.tsx";
import { bodyPieces, masked, maskedHeader } from "../_ui/mask.ts";
import { StatusWords } from "../_ui/status-words.tsx";
import { ExplainedAttributes } from "./explained-attributes.tsx";
import { BearerToken, CookiePair, fieldChip, WireChip } from "./wire-chip.tsx";

/** The headers that matter for a login. Other headers are in a disclosure. */
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
const inBrief = new Set([...credentials, "retry-after", "allow"]);

type Reveal = {
  readonly reveal: boolean;
  /** The cookies whose credentials are drawn as chips: the flow's own. */
  readonly own?: readonly string[] | undefined;
  /** Where there is little room: the headers of the login alone, and the body on demand. */
  readonly brief?: boolean | undefined;
};

/** The request as it arrived. */
export function RequestLines({ exchange, reveal, own, brief }: { exchange: Exchange } & Reveal) {
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
      own={own}
      brief={brief}
    />
  );
}

/** The response as it left. */
export function ResponseLines({ exchange, reveal, own, brief }: { exchange: Exchange } & Reveal) {
  const { status, headers, body } = exchange.response;
  return (
    <Lines
      first={<StatusWords status={status} code={exchange.code} />}
      headers={headers}
      body={body}
      reveal={reveal}
      own={own}
      brief={brief}
    />
  );
}

type LinesProps = Reveal & {
  readonly first: React.ReactNode;
  readonly headers: readonly Header[];
  readonly body: string | null;
};

function Lines({ first, headers, body, reveal, own, brief = false }: LinesProps) {
  // In brief without the cookie of a known device: every login sets it, and it is no credential of any flow.
  const isTelling = ([name, value]: Header) =>
    (brief ? inBrief : telling).has(name.toLowerCase()) && !(brief && value.startsWith("__Host-known-device="));
  const shown = headers.filter(isTelling);
  const rest = headers.filter((header) => !isTelling(header));
  return (
    <div className="code min-w-0">
      <p className="font-semibold">{first}</p>
      {shown.map((header) => (
        <HeaderLine key={header.join(": ")} header={header} reveal={reveal} own={own} />
      ))}
      {rest.length > 0 && (
        <Disclosure summary={<span className="font-sans">{rest.length} more headers</span>}>
          <div className="text-dim">
            {rest.map((header) => (
              <HeaderLine key={header.join(": ")} header={header} reveal={reveal} own={own} />
            ))}
          </div>
        </Disclosure>
      )}
      {body !== null &&
        body !== "" &&
        (brief ? (
          <FoldedBody body={body} reveal={reveal} own={own} />
        ) : (
          <BodyLines body={body} reveal={reveal} own={own} />
        ))}
    </div>
  );
}

function FoldedBody(props: { body: string } & Reveal) {
  return (
    <Disclosure summary={<span className="font-sans">its body</span>}>
      <BodyLines {...props} />
    </Disclosure>
  );
}

function BodyLines(props: { body: string } & Reveal) {
  return (
    <p className="mt-1.5 text-dim">
      <Body {...props} />
    </p>
  );
}

function Body({ body, reveal, own }: { body: string } & Reveal) {
  let at = 0;
  return bodyPieces(body).map(({ text, field }) => {
    const key = at;
    at += text.length;
    if (field === null) return text;
    const value = reveal ? text : masked(text);
    const name = own && fieldChip(field);
    return name ? <WireChip key={key} name={name} value={value} /> : value;
  });
}

function HeaderLine({ header, reveal, own }: { header: Header } & Reveal) {
  const [name] = header;
  const line = (
    <>
      <span className="text-faint">{titled(name)}: </span>
      <HeaderValue header={header} reveal={reveal} own={own} />
    </>
  );
  return credentials.has(name.toLowerCase()) && !own ? (
    <p>
      <mark className="rounded-xs bg-flow-ground box-decoration-clone px-0.5 text-ink">{line}</mark>
    </p>
  ) : (
    <p>{line}</p>
  );
}

function HeaderValue({ header, reveal, own }: { header: Header } & Reveal) {
  const name = header[0].toLowerCase();
  const value = reveal ? header[1] : maskedHeader(header);
  if (name === "set-cookie") {
    return (
      <>
        <CookiePair pair={value.split(";")[0] ?? ""} own={own ?? []} />
        <ExplainedAttributes line={value} />
      </>
    );
  }
  if (own && name === "cookie") {
    return value.split("; ").map((pair, index) => (
      <span key={pair}>
        {index > 0 && "; "}
        <CookiePair pair={pair} own={own} />
      </span>
    ));
  }
  if (own && name === "authorization") return <BearerToken header={header} shown={value} />;
  return value;
}

function titled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
