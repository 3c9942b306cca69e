// The look of the pages (docs/ARCHITECTURE.md, Look): paper, ink and one window. Everything is inline; nothing is
// loaded.
#include "bulletin/pages.h"

namespace yi::bulletin {

std::string page_style() {
  return R"css(:root { --paper: #FBFAF7; --white: #FFFFFF; --mist: #EEF2F4; --ink: #1B1F24; --ink-2: #4A535C;
    --indigo: #1E4E79;
  --indigo-dark: #163A5B; --teal: #0F6B75; --green: #1F6B4A; --amber: #8A5A00; --amber-bg: #FFF1D6; --red: #B3261E;
    --line: #D9DFE3;
  --t-small: 14px; --t-note: 16px; --t-text: 18px; --t-lead: 22px; --t-title: 28px; --t-figure: 36px; --target: 44px;
    --row: 48px; }
html.elder { --t-small: 20px; --t-note: 20px; --t-text: 22px; --t-lead: 26px; --t-title: 34px; --t-figure: 48px;
  --target: 60px; --row: 64px; }
*, *::before, *::after { box-sizing: border-box; }
html { background: var(--paper); -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); font-size: var(--t-text); line-height: 1.6; font-variant-numeric: tabular-nums;
  text-autospace: normal;
  font-family: -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: anywhere; }
a { color: var(--indigo); text-underline-offset: 4px; text-decoration-thickness: 1px; }
a:hover { color: var(--indigo-dark); text-decoration-thickness: 2px; }
a:focus-visible, button:focus-visible, summary:focus-visible,
  .scroll:focus-visible { outline: 3px solid var(--indigo); outline-offset: 2px; border-radius: 2px; }
h1, h2, h3, p, ul, dl, dd { margin: 0; }
ul { padding: 0; list-style: none; }
h1 { font-size: var(--t-title); line-height: 1.3; font-weight: 600; text-wrap: balance; }
h2 { font-size: var(--t-lead); line-height: 1.3; font-weight: 600; }
code { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; font-size: .92em; }
html.elder code { font-size: 1em; }
.skip { position: absolute; left: 16px; top: -100px; padding: 12px 16px; background: var(--white); z-index: 1; }
.skip:focus { top: 8px; }
.bar { max-width: 1120px; margin: 0 auto; padding: 0 24px; display: flex; align-items: center; gap: 8px 24px;
  flex-wrap: wrap; }
.top { background: var(--white); border-bottom: 1px solid var(--line); }
.top .bar { justify-content: space-between; min-height: 72px; }
.brand { display: flex; align-items: center; gap: 12px; min-height: var(--target); color: var(--ink);
  text-decoration: none; }
.brand:hover { color: var(--indigo-dark); }
.mark { width: 32px; height: 34px; color: var(--indigo); flex: none; }
.brand-name { font-size: var(--t-lead); font-weight: 600; letter-spacing: .06em; }
.hall { font-size: var(--t-small); color: var(--ink-2); border-left: 1px solid var(--line); padding-left: 12px; }
nav ul { display: flex; align-items: center; gap: 0 20px; flex-wrap: wrap; font-size: var(--t-note); }
.tool { display: inline-flex; align-items: center; min-height: var(--target); min-width: var(--target);
  justify-content: center; text-decoration: none; }
.tool:hover { text-decoration: underline; }
.who { display: flex; align-items: center; gap: 12px; color: var(--ink-2); border-left: 1px solid var(--line);
  padding-left: 20px; }
button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: var(--target);
  padding: 0 20px;
  border: 1px solid var(--indigo); border-radius: 6px; background: var(--white); color: var(--indigo); font: inherit;
    line-height: 1.3;
  text-decoration: none; cursor: pointer; }
button { padding: 0 14px; }
.button:hover, button:hover { background: var(--mist); color: var(--indigo-dark); }
.button.primary { background: var(--indigo); color: var(--white); font-weight: 600; }
.button.primary:hover { background: var(--indigo-dark); }
.demo { background: var(--mist); border-bottom: 1px solid var(--line); font-size: var(--t-small); color: var(--ink-2); }
.demo p { max-width: 1120px; margin: 0 auto; padding: 10px 24px; }
.demo strong { color: var(--ink); margin-right: 4px; }
.demo time { color: var(--ink); margin-right: 12px; }
main { max-width: 1120px; margin: 0 auto; padding: 40px 24px 64px; }
.eyebrow { font-size: var(--t-note); color: var(--ink-2); }
.note { font-size: var(--t-note); color: var(--ink-2); }
.small { font-size: var(--t-small); color: var(--ink-2); }
.lead { font-size: var(--t-lead); line-height: 1.6; max-width: 38em; }
.title { display: flex; justify-content: space-between; align-items: end; gap: 16px 24px; flex-wrap: wrap;
  margin-bottom: 24px; }
.actions { display: flex; gap: 12px; flex-wrap: wrap; align-items: center; }
.cards { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 16px; }
.card { background: var(--white); border: 1px solid var(--line); border-radius: 6px; padding: 20px 24px 12px; }
.card h2 { font-size: var(--t-text); font-weight: 600; }
.card .big, .count { font-size: var(--t-figure); line-height: 1.3; font-weight: 600; }
.card .big a, .count { color: var(--teal); }
.card .big a { display: inline-flex; min-height: var(--target); align-items: center; text-decoration: none; }
.card .big a:hover { text-decoration: underline; color: var(--indigo-dark); }
.card .unit, .count .unit { font-size: var(--t-note); font-weight: 400; color: var(--ink-2); margin-left: 6px; }
.card .year { border-top: 1px solid var(--line); margin-top: 12px; padding-top: 4px; font-size: var(--t-note);
  color: var(--ink-2);
  display: flex; justify-content: space-between; align-items: center; gap: 0 8px; flex-wrap: wrap; }
.card .year a, .cell a { display: inline-flex; min-height: var(--target); align-items: center; }
.cards-note { margin: 12px 0 40px; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 304px; gap: 32px; align-items: start; }
.columns > .beside { grid-column: 2; grid-row: 1; }
.panel { background: var(--white); border: 1px solid var(--line); border-radius: 6px; padding: 20px 24px;
  margin-bottom: 24px; }
.panel h2 { margin-bottom: 8px; font-size: var(--t-text); }
.panel p + p, .panel ul + p { margin-top: 8px; }
.links li { border-top: 1px solid var(--line); }
.links li:first-child { border-top: 0; }
.links a { display: flex; justify-content: space-between; align-items: center; gap: 12px; min-height: var(--target);
  text-decoration: none; }
.links a:hover { text-decoration: underline; }
.links a b { font-weight: 400; color: var(--teal); white-space: nowrap; }
.links .small { display: block; padding-top: 8px; }
details { border-top: 1px solid var(--line); }
summary { min-height: var(--target); display: flex; align-items: center; cursor: pointer; color: var(--indigo); }
.scroll { overflow-x: auto; background: var(--white); border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: var(--t-note); }
caption { text-align: left; padding: 16px 20px 12px; }
caption b { display: block; font-size: var(--t-text); font-weight: 600; }
caption span { color: var(--ink-2); font-size: var(--t-small); }
th, td { padding: 4px 20px; height: var(--row); border-top: 1px solid var(--line); text-align: left; font-weight: 400; }
thead th { background: var(--mist); color: var(--ink-2); font-size: var(--t-small); line-height: 1.3; height: 40px;
  white-space: nowrap;
  padding-top: 8px; padding-bottom: 8px; vertical-align: bottom; }
tbody tr:hover { background: #F6F8F9; }
th.number, td.number { text-align: right; white-space: nowrap; }
.none { color: var(--ink-2); }
tfoot th, tfoot td { font-weight: 600; background: var(--mist); }
.narrow, tbody th { white-space: nowrap; }
.even .number { width: 15%; }
td.windows { font-size: var(--t-small); color: var(--ink-2); }
td.windows b { color: var(--ink); font-weight: 400; margin-left: 4px; }
td.windows span { white-space: nowrap; margin-right: 16px; }
thead .unit { display: block; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); margin: 24px 0 32px;
  border-top: 1px solid var(--line); }
.facts dt, .facts dd { padding: 12px 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--ink-2); font-size: var(--t-note); padding-right: 40px; }
.section { margin-top: 40px; }
.section > h2 { margin-bottom: 12px; }
.crumb { display: inline-flex; align-items: center; min-height: var(--target); font-size: var(--t-note); }
.mark-amber { color: var(--amber); background: var(--amber-bg); border-radius: 4px; padding: 2px 8px;
  white-space: nowrap; font-size: var(--t-small); }
.mark-green { color: var(--green); white-space: nowrap; font-size: var(--t-small); }
.sheet { display: grid; grid-template-columns: minmax(0, 736px) minmax(0, 304px); gap: 32px; justify-content: center;
  align-items: start; }
.sheet .paper { margin: 0; max-width: none; }
.warnings li { border-left: 3px solid var(--amber); padding: 4px 0 4px 12px; margin-top: 12px;
  font-size: var(--t-note); }
.warnings .small { display: block; }
.problem { max-width: 38em; padding: 24px 0; }
.problem h1 { margin: 8px 0 16px; }
.problem h2 { margin: 24px 0 4px; font-size: var(--t-text); }
.problem .button { margin: 24px 0; }
.foot { border-top: 1px solid var(--line); font-size: var(--t-small); color: var(--ink-2); }
.foot .bar { justify-content: space-between; min-height: 72px; padding-top: 12px; padding-bottom: 12px; }
html.elder .sheet { grid-template-columns: minmax(0, 864px); }
@media (max-width: 1000px) {
  .columns, .sheet { grid-template-columns: minmax(0, 1fr); }
  .columns > .beside { grid-column: auto; grid-row: auto; }
  .columns { gap: 8px; }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media (max-width: 640px) {
  .bar { padding: 0 16px; }
  .demo p { padding: 10px 16px; }
  main { padding: 24px 16px 48px; }
  .top .bar { padding-top: 8px; padding-bottom: 4px; }
  .hall { display: none; }
  .who:has(form) { border-left: 0; padding-left: 0; }
  .card { padding: 16px 16px 4px; }
  .cards { gap: 12px; }
  th, td { padding: 4px 12px; }
  caption { padding: 16px 12px 12px; }
  .facts { grid-template-columns: minmax(0, 1fr); }
  tbody th { white-space: normal; }
  .even th, .even td { padding: 4px 8px; }
  .stack thead { display: none; }
  .stack, .stack caption, .stack tbody, .stack tfoot { display: block; }
  .stack tfoot tr { display: flex; justify-content: space-between; align-items: center; background: var(--mist);
    border-top: 1px solid var(--line); }
  .stack tfoot th, .stack tfoot td { height: auto; padding: 12px; border: 0; }
  .stack tbody tr { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 12px; border-top: 1px solid var(--line); }
  .stack tbody th, .stack tbody td { height: auto; padding: 0; border: 0; text-align: left; }
  .stack tbody [data-head]::before { content: attr(data-head) " "; color: var(--ink-2); font-size: var(--t-small); }
  .stack tbody .wide { flex-basis: 100%; }
  .stack tbody .last { order: 1; margin-left: auto; }
  .stack tbody .windows { order: 2; }
  .facts dt { border-bottom: 0; padding-bottom: 0; }
  .facts dd { padding-top: 0; }
  .sheet .paper { margin: 0 -16px; border-block: 1px solid var(--line); }
  html.elder .cards { grid-template-columns: minmax(0, 1fr); }
}
@media (prefers-reduced-motion: no-preference) { .button, button { transition: background-color 120ms; } }
@media print {
  html, body { background: none; }
  .top, .demo, .foot, .skip, .beside, .crumb, .actions { display: none; }
  main { max-width: none; margin: 0; padding: 0; }
  .sheet { display: block; }
}
)css";
}

}  // namespace yi::bulletin
