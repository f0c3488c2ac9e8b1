import type { Comparable } from "@/lib/features/compare/model.ts";
import { SubmitButton } from "../../_ui/controls/button.tsx";
import { Menu } from "../../_ui/controls/menu.tsx";
import { SelectField } from "../../_ui/controls/select.tsx";

/** Chooses two variants. The form asks for `/compare?left=…&right=…`, which leads to the page of the pair. */
export function PairMenu({ choices }: { choices: readonly Comparable[] }) {
  // The defaults of two flows are offered first.
  const [one, other] = choices;
  const options = choices.map(({ title, variants }) => ({
    label: title,
    options: variants.map((each) => ({ value: each.id, label: each.title })),
  }));
  return (
    <Menu look="button" button="Two side by side">
      <form action="/compare" aria-label="Two side by side" className="grid w-60 max-w-full gap-3 p-1.5">
        <SelectField name="left" label="Left" size="wide" options={options} value={one?.usual ?? ""} />
        <SelectField name="right" label="Right" size="wide" options={options} value={other?.usual ?? ""} />
        <SubmitButton>Compare</SubmitButton>
      </form>
    </Menu>
  );
}
