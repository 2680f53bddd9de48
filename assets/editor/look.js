// How the editor looks: the colours and faces of the page, whose variables reach into the shadow root.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const MONO = 'var(--mono, "Noto Sans Mono", "DejaVu Sans Mono", ui-monospace, Consolas, monospace)';

const theme = EditorView.theme({
  "&": { backgroundColor: "var(--sheet, #fff)", color: "var(--ink, #1c2730)", border: "1px solid #8d979e", borderRadius: "4px" },
  "&.cm-focused": { outline: "3px solid #d08a1d", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: MONO, fontSize: "0.9rem", lineHeight: "1.5", minHeight: "16rem", maxHeight: "65vh" },
  ".cm-content": { paddingBlock: ".5rem" },
  ".cm-gutters": { backgroundColor: "var(--shade, #f3f1eb)", color: "var(--soft, #55616b)", border: "0" },
  ".cm-activeLine": { backgroundColor: "rgba(14, 79, 92, .045)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  ".cm-tooltip": { backgroundColor: "var(--sheet, #fff)", border: "1px solid var(--line, #d8d6cf)", borderRadius: "4px", boxShadow: "0 4px 16px rgba(28, 39, 48, .14)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: MONO, fontSize: ".86rem", maxHeight: "16rem", minWidth: "16rem", maxWidth: "min(40rem, 88vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".22rem .6rem", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--firm, #0e4f5c)", color: "#fff" },
  ".cm-completionDetail": { fontFamily: "var(--sans, sans-serif)", fontStyle: "normal", marginLeft: ".8em", color: "var(--soft, #55616b)" },
  "li[aria-selected] .cm-completionDetail": { color: "#fff" },
  ".cm-completionMatchedText": { textDecoration: "none" },
  ".cm-tooltip.cm-completionInfo": { fontFamily: "var(--sans, sans-serif)", fontSize: ".88rem", lineHeight: "1.45", padding: ".5rem .7rem", maxWidth: "22rem" },
  ".cm-line.cm-wrong": { backgroundColor: "#fbeeee", boxShadow: "inset 4px 0 var(--wrong, #8f1d2c)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.modifier], color: "#0e4f5c", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "#5b2d7d" },
  { tag: [tags.string, tags.literal], color: "#7a3d0b" },
  { tag: [tags.number, tags.bool], color: "#7a3d0b" },
  { tag: [tags.comment, tags.lineComment], color: "#55616b", fontStyle: "italic" },
  { tag: [tags.url, tags.namespace, tags.typeName, tags.propertyName, tags.className], color: "#1c4f8f" },
  { tag: tags.function(tags.variableName), color: "#0e4f5c" },
]);

/** The theme and the colours of the words. */
export const look = [theme, syntaxHighlighting(colours)];
