import type { XssPlaceTold, XssRow, XssShown, XssTables } from "@/lib/features/attacks/xss/model.ts";
import { CellTable } from "./cell-table.tsx";
import { SourceLine } from "./source-line.tsx";
import { consequenceTitles, eventTitles, keepingTitles, placeTitle, stolenWord } from "./xss-words.ts";

type TableProps = { readonly tables: XssTables };

function Titled({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <>
      <h2 className="font-semibold">{title}</h2>
      <p className="mb-2 max-w-lead text-13 text-dim">{words}</p>
    </>
  );
}

type PlaceTableProps = TableProps &
  Pick<XssShown, "places" | "ways"> & { readonly chosen: string; readonly onChoose: (id: string) => void };

/** Every place by every way, and beside it what that is called. A row's button shows its loot above. */
export function PlaceTable({ tables, places, ways, chosen, onChoose }: PlaceTableProps) {
  const columns = [
    ...ways.map(({ id, title }) => ({ id, title })),
    ...Object.entries(consequenceTitles).map(([id, title]) => ({
      id,
      title: (
        <>
          <span className="block font-normal text-dim">RFC 10017 §5.1</span>
          {title}
        </>
      ),
    })),
  ];
  const cellsOf = (id: string) => ({
    ...tables.ways.find(({ place }) => place === id)?.cells,
    ...tables.verdicts.find(({ place }) => place === id)?.cells,
  });
  const groups = Object.entries(keepingTitles).map(([keeping, title]) => ({
    title,
    rows: places
      .filter((place) => place.keeping === keeping)
      .map((place) => ({ id: place.id, title: <Choice {...{ place, chosen, onChoose }} />, cells: cellsOf(place.id) })),
  }));
  return (
    <div>
      <Titled
        title="Every place, every way"
        words="What one script got, and by which channel it arrived. A copy counts if it got in elsewhere while the login lived. New tokens are of a refresh that only the script sees: the silent frame of RFC 10017 §5.1.3 needs an authorization server, and is not played."
      />
      <CellTable label="Every place, every way" corner="Where the login is kept" {...{ columns, groups }} wide />
    </div>
  );
}

type ChoiceProps = Pick<PlaceTableProps, "chosen" | "onChoose"> & { readonly place: XssPlaceTold };

function Choice({ place, chosen, onChoose }: ChoiceProps) {
  const isChosen = place.id === chosen;
  return (
    <button
      type="button"
      onClick={() => onChoose(place.id)}
      aria-pressed={isChosen}
      className={`min-h-target text-left text-13 hover:underline ${isChosen ? "font-semibold" : ""}`}
    >
      {placeTitle(place)}
    </button>
  );
}

/** Which text gets in, by what stands in the page. */
export function InjectionTable({ tables, injections, inPage }: TableProps & Pick<XssShown, "injections" | "inPage">) {
  const columns = inPage.map(({ id, title, line }) => ({
    id,
    title: (
      <>
        <span className="block">{title}</span>
        {line && <SourceLine line={line} brief />}
      </>
    ),
  }));
  const rows = injections.map(({ id, title, text }) => ({
    id,
    title: (
      <>
        <span className="block text-13">{title}</span>
        <code className="block max-w-[28rem] font-mono text-dim wrap-anywhere">{text}</code>
      </>
    ),
    cells: tables.injections.find(({ place }) => place === id)?.cells ?? {},
  }));
  return (
    <div>
      <Titled
        title="Which text gets in"
        words="Three comments against the page as it is, and against each defence alone. Output encoding stops all three."
      />
      <CellTable
        label="Which text gets in"
        corner="What the attacker writes"
        columns={columns}
        groups={[{ title: null, rows }]}
      />
    </div>
  );
}

type DefenceTableProps = TableProps & Pick<XssShown, "places" | "defences" | "defended">;

/** What each defence leaves of the attack, at one place of each kind. */
export function DefenceTable({ tables, places, defences, defended }: DefenceTableProps) {
  const columns = defended.flatMap((id) => {
    const place = places.find((each) => each.id === id);
    return place ? [{ id, title: keepingTitles[place.keeping] }] : [];
  });
  const rows = defences.map(({ id, title, source, line }) => ({
    id,
    title: (
      <>
        <span className="block text-13 font-medium">{title}</span>
        <span className="block text-dim">{source}</span>
        {line && <SourceLine line={line} />}
      </>
    ),
    cells: Object.fromEntries(
      tables.defences.flatMap(({ place, cells }) => (cells[id] ? [[place, cells[id]] as const] : [])),
    ),
  }));
  return (
    <div>
      <Titled
        title="Every place, every defence"
        words="The same script in the same page, with one defence on. Each cell says what is left of the attack, and what is gone. The server writes this script into the page, so Trusted Types are not asked: the table above has the text for which they are."
      />
      <CellTable
        label="Every place, every defence"
        corner="Defence"
        columns={columns}
        groups={[{ title: null, rows }]}
        wide
      />
    </div>
  );
}

/** What still gets in after the login should have ended. */
export function OutlivesTable({ tables, places }: TableProps & Pick<XssShown, "places">) {
  const columns = Object.entries(eventTitles).map(([id, title]) => ({ id, title }));
  const groups = Object.entries(keepingTitles).map(([keeping, title]) => ({
    title,
    rows: places
      .filter((place) => place.keeping === keeping)
      .flatMap((place) => tables.outlives.flatMap((row) => outlivingRow(row, place) ?? [])),
  }));
  return (
    <div>
      <Titled
        title="What outlives the login"
        words="The thief uses each elsewhere, after each end of a login of its own."
      />
      <CellTable label="What outlives the login" corner="What was stolen" columns={columns} groups={groups} />
    </div>
  );
}

/** `null`: the row is of another place. */
function outlivingRow(row: XssRow, place: XssPlaceTold) {
  const kind = row.place.split(" ").at(-1) ?? "";
  if (row.place !== `${place.id} ${kind}`) return null;
  const title = (
    <>
      <span className="block text-13">{placeTitle(place)}</span>
      <span className="text-dim">
        {stolenWord(kind, place)}
        {kind === "password" && ", as at every place"}
      </span>
    </>
  );
  return { id: row.place, title, cells: row.cells };
}
