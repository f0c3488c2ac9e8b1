import { SubmitButton } from "../../_ui/controls/button.tsx";
import { Menu } from "../../_ui/controls/menu.tsx";
import { SelectField } from "../../_ui/controls/select.tsx";

type PairMenuProps = {
  readonly choices: readonly {
    readonly id: string;
    readonly title: string;
    readonly variants: readonly { readonly id: string; readonly title: string }[];
  }[];
  /** What is chosen at first. */
  readonly left: string;
  readonly right: string;
};

/** Chooses two variants. The form asks for `/compare?left=…&right=…`, which leads to the page of the pair. */
export function PairMenu({ choices, left, right }: PairMenuProps) {
  const options = choices.map(({ title, variants }) => ({
    label: title,
    options: variants.map((each) => ({ value: each.id, label: each.title })),
  }));
  return (
    <Menu look="button" button="Two side by side">
      <form action="/compare" aria-label="Two side by side" className="grid w-60 max-w-full gap-3 p-1.5">
        <SelectField name="left" label="Left" size="wide" options={options} value={left} />
        <SelectField name="right" label="Right" size="wide" options={options} value={right} />
        <SubmitButton>Compare</SubmitButton>
      </form>
    </Menu>
  );
}
