// The look of the paper on a screen and in print. Selectors begin with .paper, so that the
// style can stand in a larger page; the few for html and body apply to the standalone page.
#include "publish/html_writer.h"

namespace yi::publish {

std::string paper_style() {
  return R"css(:root { --paper: #FBFAF7; --white: #FFFFFF; --ink: #1B1F24; --ink-2: #4A535C; --indigo: #1E4E79;
  --indigo-dark: #163A5B; --red: #B3261E; --line: #D9DFE3; }
html { background: var(--paper); -webkit-text-size-adjust: 100%; }
body { margin: 0; }
.paper { box-sizing: border-box; max-width: 736px; margin: 32px auto; padding: 56px 64px 48px; background: var(--white);
  border: 1px solid var(--line); border-radius: 6px; color: var(--ink); font-size: 18px; line-height: 1.8;
  font-family: -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  font-variant-numeric: tabular-nums; text-autospace: normal; line-break: strict; }
.paper p { margin: 0; }
.paper .masthead { border-bottom: 2px solid var(--red); text-align: center; padding-bottom: 10px; margin-bottom: 32px; }
.paper .name { margin: 0 0 16px; color: var(--red); font-size: 44px; font-weight: 700; line-height: 1.3;
  letter-spacing: .08em; text-indent: .08em; text-wrap: balance;
  font-family: "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", "SimSun", serif; }
.paper .number, .paper .period { color: var(--ink-2); }
.paper .issue { display: flex; justify-content: space-between; align-items: flex-end; gap: 0 24px; margin-top: 24px;
  text-align: left; }
.paper .date { white-space: nowrap; }
.paper h2 { margin: 32px 0 8px; font-size: 20px; font-weight: 600; line-height: 1.5; break-after: avoid; }
.paper section:first-of-type h2 { margin-top: 0; }
.paper section p { text-indent: 2em; text-align: justify; margin: 0 0 8px; }
.paper a.figure { color: var(--indigo); text-decoration: underline; text-decoration-style: dotted;
  text-decoration-thickness: 1px; text-underline-offset: 4px; }
.paper a.figure:hover { color: var(--indigo-dark); text-decoration-style: solid; }
.paper a.figure:focus-visible { outline: 3px solid var(--indigo); outline-offset: 2px; border-radius: 2px; }
.paper .imprint { margin-top: 48px; border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink);
  font-size: 16px; line-height: 1.8; color: var(--ink); }
.paper .receivers { display: flex; padding: 4px 16px; }
.paper .receivers .label { flex: none; }
.paper .copies { padding: 4px 16px; text-align: right; border-top: 1px solid var(--ink); }
.paper .copies:first-child { border-top: 0; }
.paper.elder { max-width: 864px; font-size: 22px; line-height: 1.9; }
.paper.elder .name { font-size: 48px; }
.paper.elder h2 { font-size: 26px; }
.paper.elder .imprint { font-size: 20px; }
@media (max-width: 640px) {
  .paper { margin: 0; padding: 32px 20px; border: 0; border-radius: 0; }
  .paper .name, .paper.elder .name { font-size: 32px; letter-spacing: .04em; text-indent: .04em; }
  .paper .issue { flex-direction: column; align-items: stretch; }
  .paper .date { align-self: flex-end; }
}
@media print {
  @page { size: A4; margin: 37mm 26mm 35mm 28mm; }
  html { background: none; }
  .paper, .paper.elder { margin: 0; padding: 0; max-width: none; border: 0; font-size: 16pt; line-height: 28.95pt;
    color: #000; font-family: "FangSong_GB2312", "FangSong", "STFangsong", "FandolFang R", "FandolFang", serif; }
  .paper .name, .paper.elder .name { font-size: 40pt; }
  .paper h2, .paper.elder h2 { margin: 0; font-size: 16pt; font-weight: 400; line-height: 28.95pt; text-indent: 2em;
    font-family: "SimHei", "STHeiti", "FandolHei", "Noto Sans CJK SC", sans-serif; }
  .paper section p { margin: 0; }
  .paper .number, .paper .period { color: #000; }
  .paper .issue { font-size: 15pt; gap: 0 12pt; flex-direction: row; align-items: flex-end; }
  .paper a.figure { color: inherit; text-decoration: none; }
  .paper .imprint, .paper.elder .imprint { font-size: 14pt; break-inside: avoid; }
}
)css";
}

}  // namespace yi::publish
