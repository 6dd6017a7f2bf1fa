// The cells of a table as fields of an answer, so that each is saved, held back and argued about on its own.
//
// `row:<row>` is true as long as the row is stored, and `cell:<row>:<column>` is what stands in a cell of it.

const AMOUNT = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

export const rowField = (row) => `row:${row}`;
export const cellField = (row, column) => `cell:${row}:${column}`;

/** The row, and of a cell also the column, that a field stands for; null for the other fields of an answer. */
export function placeOf(field) {
  const [what, row, column] = field.split(":");
  return what === "row" || what === "cell" ? { row, column: what === "cell" ? column : null } : null;
}

/** True if the field is a cell of the row. */
export function isCellOf(row, field) {
  return field.startsWith(`cell:${row}:`);
}

/** A stored table, field by field. */
export function fieldsOf(value, columns) {
  const found = {};
  for (const { id, ...cells } of rowsOf(value, columns)) {
    found[rowField(id)] = true;
    for (const [column, cell] of Object.entries(cells)) found[cellField(id, column)] = cell;
  }
  return found;
}

function rowsOf(value, columns) {
  // Words from before the question was a table are its first row.
  if (typeof value === "string" && value) return [{ id: "words", [columns.find(({ fixed }) => !fixed).id]: value }];
  return value?.rows ?? [];
}

/** What was changed, as it is sent: the cells by row, and null for a row that goes. */
export function inRows(changes) {
  const sent = {};
  for (const [field, raw] of Object.entries(changes)) {
    const place = placeOf(field);
    if (!place) sent[field] = raw;
    else putIn((sent.rows ??= {}), place, raw);
  }
  return sent;
}

function putIn(rows, { row, column }, raw) {
  if (column === null) rows[row] = null;
  else if (rows[row] !== null) (rows[row] ??= {})[column] = raw;
}

/** A whole table with one cell changed. */
export function withCell(value, columns, row, column, raw) {
  const rows = rowsOf(value, columns).map((each) => ({ ...each }));
  let found = rows.find(({ id }) => id === row);
  if (!found) rows.push((found = { id: row }));
  found[column] = raw;
  return { rows };
}

/** A whole table without one of its rows. */
export function withoutRow(value, columns, row) {
  return { rows: rowsOf(value, columns).filter(({ id }) => id !== row) };
}

/** True if nothing stands in a cell. */
export function isEmpty(raw) {
  return raw === null || raw === undefined || raw === "" || (Array.isArray(raw) && raw.length === 0);
}

/** A cell as people read it; `names` are the rows that may be referred to, by table. */
export function inWords(column, raw, names = {}) {
  if (isEmpty(raw)) return "";
  if (column.kind === "origin") return originOf(column, raw);
  if (["choice", "choices", "yes or no"].includes(column.kind)) return named(raw, column.options, (id) => id);
  if (["row", "rows"].includes(column.kind)) return named(raw, names[column.of] ?? [], () => "a row that is gone");
  if (["number", "money", "percent"].includes(column.kind)) return amount(raw, unitOf(column));
  return column.kind === "date" ? day(raw) : String(raw);
}

/** What the numbers of a column are counted in. */
export function unitOf(column) {
  return column.kind === "percent" ? "%" : column.unit;
}

/** What a row was made from, in words; what is stored is an id. As `questionnaire.cells` says it. */
function originOf({ options }, raw) {
  const kind = String(raw ?? "").split(":")[0];
  const known = new Map(options).get(kind);
  return known ?? (/^[A-Z]+[0-9]*(-[A-Z0-9]+)*$/.test(kind) ? "A finding of the checks" : String(raw ?? ""));
}

function named(raw, options, unknown) {
  const labels = new Map(options);
  return [raw].flat().map((id) => labels.get(id) ?? unknown(id)).join(", ");
}

function amount(raw, unit) {
  return typeof raw === "number" ? `${AMOUNT.format(raw)} ${unit}`.trim() : raw; // What is no number was typed so.
}

function day(raw) {
  const when = new Date(raw);
  return Number.isNaN(when.valueOf()) ? raw : DAY.format(when);
}
