import ChevronDown from "lucide-react/icons/chevron-down";
import { type ReactNode, type ToggleEvent, useId } from "react";

type MenuProps = {
  /** What the button shows. */
  readonly button: ReactNode;
  readonly look: keyof typeof looks;
  readonly children: ReactNode;
  /** The accessible name of the button, where its content needs its context. */
  readonly label?: string;
  readonly title?: string;
  /** The id of the popover, needed if a control inside closes it. */
  readonly id?: string;
  /** The edge of the button that the menu aligns with. */
  readonly from?: "start" | "end";
  /** The menu has the link to the page that is shown. */
  readonly current?: boolean;
  readonly onOpen?: (menu: HTMLElement) => void;
  /** Its button does nothing while a request is under way. It keeps the focus. */
  readonly busy?: boolean;
  readonly pulled?: boolean;
};

const looks = {
  button:
    "inline-flex min-h-control-small items-center gap-1 rounded-control-small border border-strong pr-1.5 pl-2.25 text-control-small hover:border-edge hover:bg-sunk",
  quiet:
    "inline-flex min-h-target items-center gap-1 rounded-control-small border border-strong pr-1 pl-2 text-xs font-normal text-dim hover:border-edge hover:text-ink",
  plug: "inline-flex min-h-control items-center gap-1 rounded-control border border-strong bg-panel pr-1.75 pl-2.5 text-13 hover:border-edge hover:bg-sunk",
  nav: "inline-flex h-12 items-center gap-1 focus-visible:-outline-offset-4 whitespace-nowrap text-dim hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink",
  small:
    "inline-flex h-12 items-center gap-1 focus-visible:-outline-offset-4 whitespace-nowrap text-xs text-dim hover:text-ink",
  icon: "inline-flex size-8 items-center justify-center rounded-control hover:bg-sunk",
  mark: "size-target shrink-0 rounded-md text-faint hover:bg-sunk hover:text-ink",
  word: "min-h-target rounded-xs underline decoration-dotted underline-offset-3 hover:bg-ink/10",
};

/** The plug that was pulled last. */
export const ringed = "border-ink! ring-1 ring-ink font-semibold";

/** A menu in the platform's popover. It works without script; Escape or a press elsewhere closes it. */
export function Menu({
  button,
  look,
  children,
  label,
  title,
  id,
  from = "end",
  current,
  onOpen,
  busy,
  pulled,
}: MenuProps) {
  const own = useId();
  const explains = look === "mark" || look === "word";
  // A button with the look `word` stands in a sentence, so its menu must be phrasing content.
  const Popover = look === "word" ? "span" : "div";
  const padding = explains ? "max-w-80 p-2.5!" : "";
  return (
    <>
      <button
        type="button"
        popoverTarget={busy ? undefined : (id ?? own)}
        aria-disabled={busy || undefined}
        aria-label={label}
        aria-current={current || undefined}
        title={title}
        className={`${looks[look]} ${busy ? "opacity-55" : ""} ${pulled ? ringed : ""}`}
      >
        {button}
        {!explains && look !== "icon" && <ChevronDown className="size-3.5" aria-hidden />}
      </button>
      <Popover
        id={id ?? own}
        popover="auto"
        className={`menu font-sans text-13 font-normal ${from === "start" ? "from-start" : ""} ${padding}`}
        onToggle={
          onOpen &&
          (({ newState, currentTarget }: ToggleEvent<HTMLElement>) => newState === "open" && onOpen(currentTarget))
        }
      >
        {children}
      </Popover>
    </>
  );
}

type MenuItemProps = {
  readonly words: string;
  /** A sentence that says what the item does. */
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** The id of its menu. */
  readonly closes: string;
};

export function MenuItem({ words, children, onPress, closes }: MenuItemProps) {
  return (
    <button
      type="button"
      popoverTarget={closes}
      popoverTargetAction="hide"
      className="block w-full rounded-control px-2 py-1.5 text-left hover:bg-sunk"
      onClick={onPress}
    >
      <span className="block font-medium">{words}</span> <span className="block text-xs text-dim">{children}</span>
    </button>
  );
}
