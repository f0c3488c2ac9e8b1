import type { LogoutResult } from "@/lib/features/compare/model.ts";
import { LinkSegments } from "./link-segments.tsx";
import { compareHref, type TableChoice } from "./table-choice.ts";

/** The result as heading, with whose copies it is about and how the rows stand. */
export function CompareTitle({ result, choice }: { result: LogoutResult; choice: TableChoice }) {
  const { variants, stillIn } = result;
  return (
    <header className="compare-title print:hidden">
      <h1 className="result-heading">
        {variants} ways to stay logged in.{" "}
        {stillIn === 0 ? (
          "With none, a copy outlives the logout."
        ) : (
          <span className="text-refused">With {stillIn}, a copy outlives the logout.</span>
        )}
      </h1>
      <div className="compare-segments-row">
        <ThiefSegments thief={choice.thief} hrefOf={(thief) => compareHref({ ...choice, thief })} />
        <LinkSegments
          label="Order"
          segments={[
            { title: "Flows grouped", href: compareHref({ ...choice, isOneList: false }), isChosen: !choice.isOneList },
            { title: "One list", href: compareHref({ ...choice, isOneList: true }), isChosen: choice.isOneList },
          ]}
        />
      </div>
    </header>
  );
}

type ThiefSegmentsProps = {
  readonly thief: TableChoice["thief"];
  readonly hrefOf: (thief: TableChoice["thief"]) => string;
};

/** Whose copies are shown. */
export function ThiefSegments({ thief, hrefOf }: ThiefSegmentsProps) {
  return (
    <LinkSegments
      label="The thief"
      segments={[
        { title: "Thief waits", href: hrefOf("silent"), isChosen: thief === "silent" },
        { title: "Thief keeps using it", href: hrefOf("active"), isChosen: thief === "active" },
      ]}
    />
  );
}
