// Completion: prefixes, classes, properties and concepts of the graph by their name or by their label without diacritics,
// variables of the query, keywords. The terms come from the service as [name, kind, label, definition].
import { syntaxTree } from "@codemirror/language";

const KEYWORDS = (
  "SELECT CONSTRUCT ASK DESCRIBE WHERE PREFIX BASE FROM NAMED DISTINCT REDUCED OPTIONAL UNION MINUS FILTER GRAPH BIND AS VALUES UNDEF " +
  "GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET EXISTS NOT IN COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG " +
  "LANGMATCHES DATATYPE BOUND IRI COALESCE IF CONCAT STRLEN SUBSTR REPLACE UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE " +
  "STRAFTER REGEX ABS ROUND YEAR MONTH DAY NOW ISIRI ISLITERAL ISBLANK STRDT STRLANG"
).split(" ");
const MOST = 60;
/** Where nothing is completed: whole comments, texts and addresses, and those that are still being written. */
const QUIET = ["Comment", "String", "IriRef"];
const OPEN = /^(?:[^"]*"[^"]*")*[^"]*"[^"]*$|<[^<>\s]*$/;

/** The terms of the service, read once; without them keywords and variables are completed still. */
export function readTerms(address) {
  let reading;
  return () => (reading ??= fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(({ prefixes, terms }) => ({
      prefixes, terms: terms.map(([name, kind, label, definition]) => ({ name, kind, label, definition, words: fold(label) })),
    }))
    .catch(() => ({ prefixes: {}, terms: [] })));
}

/** Letters without diacritics, đ as d, in lower case: as the service compares names. */
export function fold(text) {
  return text.replace(/[đĐ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The source of completions for the editor. */
export function completeWith(read) {
  return async (context) => {
    const node = syntaxTree(context.state).resolveInner(context.pos, -1);
    const word = context.matchBefore(/[?$\p{L}\p{N}_-]*(?::[\p{L}\p{N}_./-]*)?$/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const before = context.state.sliceDoc(context.state.doc.lineAt(word.from).from, word.from);
    if (QUIET.includes(node.name) || OPEN.test(before)) return null;
    const known = await read();
    const options = /\bPREFIX\s+$/i.test(before) ? prefixes(known, word.text)
      : /^[?$]/.test(word.text) ? variables(context.state, word) : terms(known, word.text);
    return options.length ? { from: word.from, options, filter: false } : null;
  };
}

function prefixes(known, typed) {
  const wanted = typed.replace(/:.*/, "").toLowerCase();
  return Object.keys(known.prefixes).filter((prefix) => prefix.startsWith(wanted)).map((prefix) => ({
    label: `${prefix}:`, detail: known.prefixes[prefix], type: "namespace", apply: `${prefix}: <${known.prefixes[prefix]}>`,
  }));
}

function variables(state, word) {
  const text = state.sliceDoc(0, word.from) + " " + state.sliceDoc(word.to);
  const names = [...new Set(text.match(/[?$][\p{L}_][\p{L}\p{N}_]*/gu) ?? [])];
  return names.filter((name) => name.startsWith(word.text) && name !== word.text).map((label) => ({ label, type: "variable" }));
}

function terms(known, typed) {
  const wanted = fold(typed);
  const found = [];
  for (const term of known.terms) {
    const rank = fit(term, wanted);
    if (rank) found.push({ rank, option: asOption(known, term) });
  }
  for (const label of KEYWORDS)
    if (label.toLowerCase().startsWith(wanted)) found.push({ rank: wanted ? 5 : 1, option: { label, type: "keyword" } });
  const last = (option) => option.type === "constant"; // what is said in data comes before the values of vocabularies
  found.sort((a, b) => b.rank - a.rank || last(a.option) - last(b.option) || a.option.label.length - b.option.label.length || (a.option.label < b.option.label ? -1 : 1));
  // The editor orders by boost before all else.
  return found.slice(0, MOST).map(({ option }, place) => ({ ...option, boost: MOST - place }));
}

/** How well a term fits what was typed: its whole name, its name, its label, a part of one; 0: not at all. */
function fit({ name, words }, wanted) {
  const whole = name.toLowerCase();
  const local = whole.slice(whole.indexOf(":") + 1);
  if (whole.startsWith(wanted) || local.startsWith(wanted)) return 4;
  if (words.startsWith(wanted)) return 3;
  if (words.includes(" " + wanted)) return 2;
  return wanted.length > 2 && (local.includes(wanted) || words.includes(wanted)) ? 1 : 0;
}

function asOption({ prefixes }, { name, kind, label, definition }) {
  const prefix = name.slice(0, name.indexOf(":"));
  return {
    label: name, detail: label, type: kind, info: definition || undefined,
    apply(view, _, from, to) {
      const declared = new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(view.state.doc.toString());
      const head = declared ? "" : `PREFIX ${prefix}: <${prefixes[prefix]}>\n`;
      view.dispatch({
        changes: [{ from: 0, insert: head }, { from, to, insert: name }],
        selection: { anchor: from + head.length + name.length }, userEvent: "input.complete",
      });
    },
  };
}
