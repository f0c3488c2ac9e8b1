import type { Metadata } from "next";
import { PageTitle } from "../_ui/page-title.tsx";
import { definitions, type WordId } from "../_words/definitions.ts";
import { wordAnchor } from "../_words/word-anchor.ts";
import { wordGroups } from "../_words/word-groups.ts";
import { partsOf } from "../_words/word-parts.ts";

export const metadata: Metadata = {
  title: "Words",
  description: "The words of logins, each in one sentence, with the document that defines it.",
};

/** All words with their definitions. A word in a definition leads to its own. */
export default function WordsPage() {
  return (
    <>
      <PageTitle lead="Each word in one sentence, with the document that defines it. On the other pages a dotted word shows its sentence when you point at it, tap it or move to it with the Tab key.">
        Words
      </PageTitle>
      {wordGroups.map(({ title, words }) => (
        <section key={title} aria-label={title} className="max-w-[68rem]">
          <h2 className="mb-1.5 font-semibold">{title}</h2>
          <dl className="grid grid-cols-[minmax(0,1fr)] border-t border-line @2xl:grid-cols-[11rem_minmax(0,1fr)_15rem]">
            {words.map((id) => (
              <Row key={id} id={id} />
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

function Row({ id }: { readonly id: WordId }) {
  const { means, source } = definitions[id];
  return (
    <div
      id={wordAnchor(id)}
      className="col-span-full grid scroll-mt-4 grid-cols-subgrid gap-x-4 border-b border-line py-1.5 target:bg-warn-ground"
    >
      <dt className="font-mono text-13 font-semibold">{id}</dt>
      <dd>{linked(means, id)}</dd>
      <dd className="text-13 text-dim">
        {source.href === null ? (
          source.title
        ) : (
          <a href={source.href} rel="noreferrer" className="underline underline-offset-3">
            {source.title}
          </a>
        )}
      </dd>
    </div>
  );
}

function linked(sentence: string, own: WordId) {
  return partsOf(sentence, new Set([own])).map((part) =>
    typeof part === "string" ? (
      part
    ) : (
      <a key={part.id} href={`#${wordAnchor(part.id)}`} className="underline decoration-line underline-offset-3">
        {part.text}
      </a>
    ),
  );
}
