import type { JudgedSentence } from "@/lib/features/bench/model.ts";

export function Sentences({ sentences }: { readonly sentences: readonly JudgedSentence[] }) {
  return (
    <table className="bench-sentences">
      <thead>
        <tr className="bench-captions">
          <th scope="col">What people say</th>
          <th scope="col">here</th>
          <th scope="col">measured</th>
        </tr>
      </thead>
      <tbody>
        {sentences.map(({ sentence, verdict, measured }) => (
          <tr key={sentence}>
            <th scope="row">“{sentence}”</th>
            <td>
              <b>{verdict}</b>
            </td>
            <td>{measured}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
