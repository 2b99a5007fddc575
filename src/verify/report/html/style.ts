/** The style sheet of the report, for light and dark mode, from the width of a phone up. */
export const style = `
:root {
  --ground: #fff; --card: #f6f7f9; --text: #1b1f24; --soft: #59636e; --line: #d1d9e0;
  --good: #146c2e; --good-ground: #dafbe1; --bad: #b3261e; --bad-ground: #ffebe9; --open: #59636e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --card: #161b22; --text: #e6edf3; --soft: #9198a1; --line: #30363d;
    --good: #56d364; --good-ground: #12261a; --bad: #ff7b72; --bad-ground: #2d1416; --open: #9198a1;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.25rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
h1.passed { color: var(--good); } h1.failed { color: var(--bad); }
h2 { margin: 2rem 0 .75rem; font-size: 1.15rem; } h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
.kicker, .totals, .looked, footer, small, time { color: var(--soft); }
.kicker { margin: 0 0 .25rem; } .totals { margin: .25rem 0 0; } footer { margin-top: 2rem; font-size: .875rem; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; }
pre { margin: .5rem 0; padding: .75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .375rem; background: var(--ground); }
pre.change { white-space: pre-wrap; }
.chain { display: flex; margin: 1.5rem 0; padding: 0; list-style: none; }
.chain li { position: relative; flex: 1; display: flex; flex-direction: column; align-items: center; text-align: center; }
.chain li + li::before { content: ""; position: absolute; top: 1.1rem; right: 50%; width: 100%; height: .25rem; background: var(--line); }
.chain li.proven + li.proven::before { background: var(--good); }
.node { position: relative; z-index: 1; display: grid; place-items: center; width: 2.4rem; height: 2.4rem; margin-bottom: .35rem;
  border: .2rem solid var(--open); border-radius: 50%; background: var(--ground); color: var(--open); font-weight: 700; }
.proven .node { border-color: var(--good); background: var(--good-ground); color: var(--good); }
.broken .node { border-color: var(--bad); background: var(--bad-ground); color: var(--bad); }
section.broken { margin: 1rem 0; padding: 1rem; border: 1px solid var(--bad); border-left-width: .4rem; border-radius: .5rem; background: var(--bad-ground); }
section.broken h2 { margin-top: 0; color: var(--bad); }
.cause { margin: 0; font-weight: 600; } .looked { margin: .75rem 0 0; font-size: .875rem; }
.checks { margin: 0; padding: 0; list-style: none; }
.checks li { margin-bottom: .5rem; padding: .6rem .8rem; border: 1px solid var(--line); border-left: .3rem solid var(--open); border-radius: .375rem; background: var(--card); }
.checks li.passed { border-left-color: var(--good); } .checks li.failed { border-left-color: var(--bad); }
.checks .passed .mark { color: var(--good); } .checks .failed .mark { color: var(--bad); }
.checks p { margin: .15rem 0; } .line { display: flex; gap: .6rem; } .line time { margin-left: auto; white-space: nowrap; }
summary { cursor: pointer; color: var(--soft); font-size: .875rem; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .25rem 1rem; margin: .5rem 0; } dt { color: var(--soft); } dd { margin: 0; }
@media (max-width: 34rem) {
  body { padding: .75rem; }
  .chain { flex-direction: column; gap: .75rem; }
  .chain li { flex-direction: row; gap: .6rem; text-align: left; } .node { margin: 0; }
  .chain li + li::before { top: -.75rem; left: 1.1rem; right: auto; width: .25rem; height: .75rem; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; }
}
`;
