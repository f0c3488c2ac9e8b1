import { type CookieAttribute, largestCookie, type SentCookie } from "./set-cookie.ts";

/** The attributes of one Set-Cookie line, as they were sent. */
export function CookieAttributes({ cookie }: { cookie: SentCookie }) {
  return <AttributeList attributes={cookie.attributes} label={`Attributes of ${cookie.name}, as sent`} />;
}

type DeclaredProps = { readonly name: string; readonly attributes: readonly CookieAttribute[] };

/** For a cookie whose Set-Cookie line the page did not see: the attributes that the flow declares. */
export function DeclaredAttributes({ name, attributes }: DeclaredProps) {
  return (
    <div className="grid gap-1">
      <p className="text-2xs text-dim">
        Its Set-Cookie line was sent before this page began to watch. As the flow sends {name} in this lab now:
      </p>
      <AttributeList attributes={attributes} label={`Attributes of ${name}, as declared`} />
      <p className="text-2xs text-dim">The page does not know whether that line had a Max-Age.</p>
    </div>
  );
}

function AttributeList({ attributes, label }: { attributes: readonly CookieAttribute[]; label: string }) {
  return (
    <ul className="flex flex-wrap gap-1" aria-label={label}>
      {attributes.map(({ text, means, missing }) => (
        <li
          key={text}
          title={means}
          className={`rounded-badge border px-1.5 font-mono text-2xs ${missing ? "border-transparent bg-warn-ground text-warn" : "border-line text-dim"}`}
        >
          {text}
        </li>
      ))}
    </ul>
  );
}

export function CookieSize({ bytes }: { bytes: number }) {
  return (
    <span className={`figures ${bytes > largestCookie ? "text-refused" : ""}`}>
      {bytes} of {largestCookie} bytes
    </span>
  );
}

/** Each attribute with what it means, one line each. */
export function CookieAttributeTable({ cookie }: { cookie: SentCookie }) {
  return (
    <table className="w-full text-13">
      <caption className="pb-1.5 text-left text-xs text-dim">
        <code className="font-mono font-semibold text-flow">{cookie.name}</code>,{" "}
        {cookie.deletes ? "deleted by its last line" : <CookieSize bytes={cookie.bytes} />}
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Attribute</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {cookie.attributes.map(({ text, means, missing }) => (
          <tr key={text} className="border-t border-line align-baseline">
            <th
              scope="row"
              className={`w-36 py-1 sm:w-44 pr-3 text-left font-mono text-xs font-normal ${missing ? "text-warn" : ""}`}
            >
              {text}
            </th>
            <td className="py-1 text-dim">{means}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
