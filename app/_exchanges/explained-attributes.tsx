import { Menu } from "../_ui/controls/menu.tsx";
import { attributesOf, type CookieAttribute } from "./set-cookie.ts";

/** The attributes of a Set-Cookie line. A press on one shows its meaning in a popover, so the layout does not move. */
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
