import Link from "next/link";
import { conditionIds, timedActions } from "@/lib/features/bench/model.ts";
import { PageTitle } from "../../_ui/page-title.tsx";
import { type BenchChoice, linkTo } from "./bench-choice.ts";

type BenchHeadProps = {
  readonly choice: BenchChoice;
  readonly reached: { readonly reached: number; readonly undecided: number; readonly of: number };
  readonly conditions: Readonly<Partial<Record<string, { readonly title: string }>>>;
};

const actionWords = { hot: "GET me, hot", cold: "GET me, cold", login: "Login", refresh: "Refresh", revoke: "Revoke" };

export function BenchHead({ choice, reached, conditions }: BenchHeadProps) {
  const measures = [
    { title: "Over HTTP", isChosen: choice.measure === "over-http", href: linkTo({ ...choice, measure: "over-http" }) },
    { title: "In place", isChosen: choice.measure === "in-place", href: linkTo({ ...choice, measure: "in-place" }) },
  ];
  const actions = timedActions.map((action) => ({
    title: actionWords[action],
    isChosen: choice.action === action,
    href: linkTo({ ...choice, action }),
  }));
  const known = conditionIds.flatMap((condition) => {
    const { title } = conditions[condition] ?? {};
    if (title === undefined) return [];
    return [{ title, isChosen: choice.condition === condition, href: linkTo({ ...choice, condition }) }];
  });
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
      <PageTitle lead={reached.of === 0 ? "These have no target." : leadOf(choice, reached)}>
        {choice.measure === "over-http"
          ? "What a request adds to a bare route"
          : "What a request costs inside the process"}
      </PageTitle>
      <div className="flex flex-wrap gap-2">
        <Choice label="Measure" links={measures} />
        {choice.measure === "in-place" && <Choice label="Request" links={actions} />}
        {known.length > 1 && <Choice label="Settings" links={known} />}
      </div>
    </header>
  );
}

function leadOf({ measure }: BenchChoice, { reached, undecided, of }: BenchHeadProps["reached"]): string {
  const target =
    measure === "over-http"
      ? "at least nine tenths of the bare route’s throughput"
      : "at most so many microseconds, the edge included";
  const open = undecided > 0 ? ` ${undecided} are undecided: their interval spans the target.` : "";
  return `Target: ${target}. Of ${of} variants that have one, ${reached} reach it and ${of - reached - undecided} miss it.${open}`;
}

type ChoiceProps = {
  readonly label: string;
  readonly links: readonly { readonly title: string; readonly href: string; readonly isChosen: boolean }[];
};

/** Links, so that it works without script and stands in the address. */
function Choice({ label, links }: ChoiceProps) {
  return (
    <nav aria-label={label} className="bench-choice">
      {links.map(({ title, href, isChosen }) => (
        <Link key={title} href={href} scroll={false} prefetch={false} aria-current={isChosen || undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
