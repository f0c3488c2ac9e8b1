import Minus from "lucide-react/icons/minus";
import Plus from "lucide-react/icons/plus";
import X from "lucide-react/icons/x";
import { Button, IconButton } from "../_ui/controls/button.tsx";
import { EmptyNote, Pane } from "../_ui/pane.tsx";
import { articles, type CartLine, withMore } from "./kept-data.ts";

type CartProps = {
  readonly lines: readonly CartLine[];
  readonly busy: boolean;
  readonly onChange: (lines: readonly CartLine[]) => void;
};

/** A small cart. Each press sends a request that stores the whole cart again. */
export function Cart({ lines, busy, onChange }: CartProps) {
  const change = (article: string, by: number) => {
    if (!busy) onChange(withMore(lines, article, by));
  };
  return (
    <Pane title="Cart">
      {lines.length === 0 && <EmptyNote>Empty.</EmptyNote>}
      <ul>
        {lines.map(({ article, amount }) => (
          <li key={article} className="flex items-center gap-1 py-0.25 text-13">
            <span className="min-w-0 wrap-anywhere">{article}</span>
            <span className="ml-auto flex items-center">
              <IconButton label={`One ${article} less`} onPress={() => change(article, -1)}>
                <Minus className="size-3.5" aria-hidden />
              </IconButton>
              <span className="figures w-6 text-center font-mono">{amount}</span>
              <IconButton label={`One ${article} more`} onPress={() => change(article, 1)}>
                <Plus className="size-3.5" aria-hidden />
              </IconButton>
              <IconButton label={`Remove ${article}`} onPress={() => change(article, -amount)}>
                <X className="size-3.5" aria-hidden />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        {articles.map((article) => (
          <Button key={article} label={`Add ${article}`} busy={busy} onPress={() => change(article, 1)}>
            + {article}
          </Button>
        ))}
      </div>
    </Pane>
  );
}
