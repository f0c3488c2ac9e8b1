import { useId } from "react";
import { attributesOf, type CookieAttribute } from "./set-cookie.ts";

/** The attributes of a Set-Cookie line where they stand: each tells what it means when it is pressed, without moving anything. */
export function ExplainedAttributes({ line }: { line: string }) {
  return (
    <>
      {attributesOf(line).map((attribute) => (
        <Attribute key={attribute.text} attribute={attribute} />
      ))}
    </>
  );
}

function Attribute({ attribute: { text, means } }: { attribute: CookieAttribute }) {
  const id = useId();
  return (
    <>
      {"; "}
      <button
        type="button"
        popoverTarget={id}
        title={means}
        className="min-h-6 rounded-xs underline decoration-dotted underline-offset-3 hover:bg-ink/10"
      >
        {text}
      </button>
      <span popover="auto" id={id} className="menu max-w-64 p-2.5 font-sans text-13">
        <b className="block font-mono text-xs font-semibold text-flow">{text}</b>
        {means}
      </span>
    </>
  );
}
