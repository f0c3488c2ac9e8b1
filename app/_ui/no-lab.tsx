import { Button } from "./controls/button.tsx";
import { PageTitle } from "./page-title.tsx";

type NoLabProps = { readonly title: string; readonly detail: string; readonly onRetry?: () => void };

/** Shown instead of a page's content, with the reason. */
export function NoLab({ title, detail, onRetry }: NoLabProps) {
  return (
    <section className="card mx-auto mt-10 grid max-w-lg gap-2 px-6 py-5" role="alert" aria-label={title}>
      <PageTitle small>{title}</PageTitle>
      <p className="text-dim">{detail}</p>
      {onRetry && (
        <div>
          <Button onPress={onRetry} kind="primary" size="normal">
            Ask again
          </Button>
        </div>
      )}
    </section>
  );
}
