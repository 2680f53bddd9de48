// How the editor looks: the colours and faces of the page, whose variables reach into the shadow root.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Nothing but tokens of the design system (static/style.css), so that a dark ground follows by itself.
const theme = EditorView.theme({
  "&": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "var(--round)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "var(--t2)", lineHeight: "1.55", minHeight: "16rem", maxHeight: "65vh" },
  ".cm-content": { paddingBlock: ".5rem", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--shade)", color: "var(--soft)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)", fontWeight: "600" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--firm-line)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--firm-soft)", outline: "1px solid var(--firm-line)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--wrong-soft)" },
  ".cm-line.cm-wrong": { backgroundColor: "var(--wrong-soft)", boxShadow: "inset 4px 0 var(--wrong)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "var(--round)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)", fontSize: "var(--t2)", maxHeight: "16rem", minWidth: "14rem", maxWidth: "min(40rem, 88vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".25rem .6rem", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--firm)", color: "var(--on-firm)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", marginLeft: ".8em", color: "var(--soft)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-tooltip.cm-completionInfo": {
    fontFamily: "var(--sans)", fontSize: "var(--t2)", lineHeight: "1.45", padding: ".5rem .7rem", maxWidth: "22rem",
  },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--firm)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--open)" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool, tags.annotation], color: "var(--good)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

/** The theme and the colours of the words. */
export const look = [theme, syntaxHighlighting(colours)];
