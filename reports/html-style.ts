/** The look of the HTML report, in light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d8dee6; --card: #f6f8fa; --page: #fff;
  --good: #1a7f4b; --bad: #b3261e; --wait: #8a5a00; --mark: #2563a8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #98a3b3; --line: #333c48; --card: #1b222b;
  --page: #12171d; --good: #5fc993; --bad: #ff8a80; --wait: #e0b050; --mark: #7db4f0; } }
* { box-sizing: border-box; }
html { background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; } h3 { font-size: 1rem; margin: 0; }
small { color: var(--soft); font-weight: 400; font-size: .85em; }
.clean, .broken { font-size: .9rem; padding: .15rem .6rem; border-radius: 1rem; border: 1px solid; vertical-align: middle; }
.clean { color: var(--good); } .broken { color: var(--bad); }
dl { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin: 0; } dl div { display: flex; flex-direction: column; }
dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; } dt { color: var(--soft); font-size: .85rem; }
header p, footer { color: var(--soft); } footer { margin-top: 3rem; }
figure { margin: 0 0 1.25rem; } figcaption { color: var(--soft); margin-bottom: .4rem; } figcaption b { color: var(--mark); }
ol { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; margin: 0; padding: 0; }
ol li { position: relative; border: 1px solid var(--line); background: var(--card); border-radius: .5rem; padding: .5rem .75rem;
  max-width: 18rem; }
ol li:not(:last-child)::after { content: "→"; position: absolute; right: -1.2rem; top: .5rem; color: var(--soft); }
ol li b, ol li small { display: block; } ol li.approval { border-style: dashed; border-color: var(--wait); color: var(--wait); }
.kinds { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; color: var(--soft); }
.findings { list-style: none; padding: 0; } .findings li { border-left: 3px solid; padding: .25rem 0 .25rem 1rem; margin: 0 0 1rem; }
.findings p { margin: .35rem 0 0; color: var(--ink); white-space: pre-line; } .findings h3, .findings code { color: var(--ink); }
.findings p.remedy { color: var(--soft); }
.violation { border-color: var(--bad) !important; } .warning { border-color: var(--wait) !important; }
.exempted { border-color: var(--line) !important; }
code { display: block; font: .85rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--mark); } table { border-collapse: collapse; margin-top: .5rem; }
th, td { text-align: left; padding: .2rem 1.5rem .2rem 0; border-bottom: 1px solid var(--line); }
`;
