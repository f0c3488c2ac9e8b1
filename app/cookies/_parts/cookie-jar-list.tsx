import { bytesOf } from "@/lib/lab/cookies/set-cookie-line.ts";
import { Card } from "../../_ui/card.tsx";
import { Button } from "../../_ui/controls/button.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";

type JarCookie = { readonly name: string; readonly value: string; readonly echoPath: string };

type JarListProps = {
  readonly cookies: readonly JarCookie[] | null;
  readonly busy: boolean;
  readonly onDelete: (cookie: JarCookie) => void;
  readonly onDeleteAll: () => void;
};

/** The laboratory's cookies in this browser, as far as the browser sent them to an echo address. */
export function CookieJarList({ cookies, busy, onDelete, onDeleteAll }: JarListProps) {
  return (
    <Card
      title="In the jar now"
      label="In the jar now"
      note={
        cookies && cookies.length > 1 ? (
          <Button onPress={onDeleteAll} busy={busy}>
            Delete all
          </Button>
        ) : (
          "of this laboratory"
        )
      }
    >
      {(cookies === null || cookies.length === 0) && (
        <EmptyNote>
          {cookies === null ? "Not read yet." : "None. Only cookies that the browser sends can be listed."}
        </EmptyNote>
      )}
      <ul>
        {cookies?.map((cookie) => (
          <li
            key={`${cookie.name} ${cookie.value} ${cookie.echoPath}`}
            className="flex items-center gap-2 border-t border-line py-1.5 first:border-0"
          >
            <span className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">
              <span className="font-semibold">{cookie.name === "" ? "(no name)" : cookie.name}</span>{" "}
              <span className="text-dim">{shown(cookie.value)}</span>
              <span className="block text-2xs text-faint">sent to {cookie.echoPath}</span>
            </span>
            <Button onPress={() => onDelete(cookie)} busy={busy} label={`Delete ${cookie.name || cookie.value}`}>
              Delete
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function shown(value: string): string {
  return value.length > 40 ? `${value.slice(0, 12)}… ${bytesOf(value)} bytes` : value;
}
