import { Menu } from "../_ui/controls/menu.tsx";
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
  return (
    <>
      {"; "}
      <Menu look="word" button={text} title={means}>
        <b className="block font-mono text-xs font-semibold text-flow">{text}</b>
        {means}
      </Menu>
    </>
  );
}
