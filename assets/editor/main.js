// The SPARQL editor: takes the place of the page's <textarea>, which stays the field that the form sends.
// It stands in a shadow root, where its styles are adopted style sheets: the page allows no inline styles.
import { autocompletion, completionKeymap, acceptCompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { completeWith, readTerms } from "./complete.js";
import { look } from "./look.js";

/** A longer query is sent in the body: addresses have an end. */
const LONGEST_ADDRESS = 6000;

/** A line as wrong, until the text changes. */
const mark = StateEffect.define();
const marked = StateField.define({
  create: () => Decoration.none,
  update(lines, change) {
    for (const effect of change.effects)
      if (effect.is(mark)) return Decoration.set([Decoration.line({ class: "cm-wrong" }).range(effect.value)]);
    return change.docChanged ? Decoration.none : lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * What is typed over a selection is put in by the editor: where a browser does it, it keeps the look of what was there as
 * an inline style, which the policy of the page refuses (and reports).
 */
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || event.isComposing || empty || !event.data) return false;
    const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, event.data, insert));
    if (!handled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

const field = document.querySelector("textarea[data-editor]");
if (field) replace(field);

function replace(field) {
  const { form, dataset } = field;
  const place = document.createElement("div");
  place.className = "editor";
  const root = place.attachShadow({ mode: "open" });
  const described = document.createElement("p");
  described.id = "help";
  described.hidden = true;
  described.textContent = dataset.help;
  const label = form.querySelector(`label[for="${field.id}"]`);
  const run = () => (form.requestSubmit(), true);
  const state = EditorState.create({
    doc: field.value,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      lineNumbers(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(), indentUnit.of("  "),
      sparql(),
      autocompletion({ override: [completeWith(readTerms(dataset.terms))], icons: false, maxRenderedOptions: 60 }),
      // Tab takes a completion while a list is open, and otherwise moves on: nobody is caught in the editor.
      keymap.of([{ key: "Tab", run: acceptCompletion }, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.lineWrapping,
      EditorState.phrases.of({ Completions: dataset.completions }),
      EditorView.contentAttributes.of({
        "aria-label": label ? label.textContent.trim() : "SPARQL", "aria-describedby": "help", spellcheck: "false",
        "aria-multiline": "true",
      }),
      EditorView.updateListener.of((update) => { if (update.docChanged) field.value = update.state.doc.toString(); }),
      typedOver, marked, look,
    ],
  });
  field.before(place);
  root.append(described);
  const view = new EditorView({ state, parent: root, root });
  field.hidden = true;
  field.required = false; // a field that nobody sees cannot be asked for; the service tells of an empty query
  label?.addEventListener("click", () => view.focus());
  form.addEventListener("submit", () => {
    field.value = view.state.doc.toString();
    form.method = encodeURIComponent(field.value).length > LONGEST_ADDRESS ? "post" : "get";
  });
  showProblem(view, dataset);
  document.documentElement.dataset.editor = "ready";
}

/** Marks the place that the service could not read; the page itself says what is wrong. */
function showProblem(view, { line, column }) {
  if (!line) return;
  const { doc } = view.state;
  const at = doc.line(Math.min(Math.max(Number(line), 1), doc.lines));
  const place = Math.min(at.from + Math.max(Number(column || 1) - 1, 0), at.to);
  view.dispatch({ selection: { anchor: place }, effects: [mark.of(at.from), EditorView.scrollIntoView(place, { y: "center" })] });
}
