import Link from "next/link";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy } from "../_browser/flow-info.ts";
import { resultOf } from "../_copies/strip-words.ts";
import { listed } from "../_ui/listed.ts";
import { capital, numberWord } from "../_ui/number-words.ts";

type ResultHeadingProps = {
  readonly view: LabView;
  readonly flows: readonly FlowInfo[];
  readonly copies: CopiesView | null;
};

/** The heading is the result: what happened, and which copies still get in. */
export function ResultHeading({ view, flows, copies }: ResultHeadingProps) {
  const result = copies && resultOf(copies, flows);
  return (
    <header className="flex flex-wrap items-end gap-x-8 gap-y-2">
      <div className="grid min-w-0 gap-1.5">
        <h1 aria-live="polite" className="result-heading font-semibold tracking-title text-balance">
          {result ? (
            <>
              {result.happened} <span className={result.alarm ? "text-refused" : ""}>{result.outcome}</span>
            </>
          ) : (
            stateOf(view, flows)
          )}
        </h1>
        <p className="when-desk max-w-[75rem] text-dim">{result ? looked : explained}</p>
      </div>
      {result && (
        <p className="when-desk ml-auto flex gap-6 font-medium">
          <Onward href="/lesson/log-out">Logout as a lesson</Onward>
          <Onward href="/who-still-gets-in">All other events</Onward>
        </p>
      )}
    </header>
  );
}

function Onward({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link href={href} prefetch={false} className="hover:underline hover:underline-offset-4">
      {children} <span aria-hidden>→</span>
    </Link>
  );
}

const looked =
  "At the login the server copied each credential, as a thief would. While a page is open each copy is checked once a second; a check changes nothing.";
const explained =
  "The same person, the same browser. Log in with every way at once, then pull a plug, and see which copies still get in.";

/** Without a plug: who is logged in, and with what. */
function stateOf(view: LabView, flows: readonly FlowInfo[]): string {
  const inside = flows.flatMap((flow) => {
    const { login } = heldBy(view, flow);
    return login.accepted ? [{ title: flow.title, username: login.user.username }] : [];
  });
  const people = [...new Set(inside.map(({ username }) => username))];
  if (inside.length === 0) return `${capital(numberWord(flows.length))} ways to stay logged in`;
  const all = inside.length === flows.length;
  const how = all ? `all ${numberWord(flows.length)}` : listed(inside.map(({ title }) => title));
  return `${listed(people)} ${people.length === 1 ? "is" : "are"} in with ${how}`;
}
