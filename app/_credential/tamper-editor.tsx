import { CodeField } from "../_ui/controls/text-field.tsx";
import type { Change, CredentialPart } from "./credential-parts.ts";

type EditorProps = {
  readonly parts: readonly CredentialPart[];
  readonly onEdit: (index: number, change: Change) => void;
};

/** An editor for each part of a credential: readable parts as JSON, others as they are sent. */
export function TamperEditor({ parts, onEdit }: EditorProps) {
  return (
    <div className="grid gap-2">
      {parts.map((part, index) => (
        <PartField key={part.name} part={part} onEdit={(change) => onEdit(index, change)} />
      ))}
    </div>
  );
}

function PartField({ part, onEdit }: { part: CredentialPart; onEdit: (change: Change) => void }) {
  const { name, says, raw } = part;
  const text = says ?? raw;
  const rows = says === null ? Math.min(4, 1 + Math.floor(raw.length / 60)) : Math.min(16, says.split("\n").length);
  return (
    <CodeField
      label={`${name}${says === null ? ", as it travels" : ", as JSON"}`}
      value={text}
      rows={rows}
      onType={(typed) => onEdit(says === null ? { raw: typed } : { says: typed })}
    />
  );
}
