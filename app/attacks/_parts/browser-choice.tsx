import { Select } from "../../_ui/controls/select.tsx";

type BrowserChoiceProps = {
  readonly id: string;
  /** Those that plays were recorded in. */
  readonly browsers: readonly string[];
  readonly chosen: string;
  readonly onChoose: (browser: string) => void;
};

/** Which of the recorded plays is shown. */
export function BrowserChoice({ id, browsers, chosen, onChoose }: BrowserChoiceProps) {
  return (
    <>
      <label className="sr-only" htmlFor={id}>
        The browser that it was played in
      </label>
      <Select
        id={id}
        options={browsers.map((browser) => ({ value: browser, label: browser }))}
        value={chosen}
        onChoose={onChoose}
      />
    </>
  );
}
