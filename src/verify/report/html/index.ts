import type { Link } from '../../../runtime/index.ts';
import type { LinkState } from '../links.ts';
import type { Report, ReportedCheck, ReportedDiagnosis } from '../report.ts';
import { html, type Markup, styleText } from './markup.ts';
import { style } from './style.ts';

/** The report as one page: styles in it, no script, nothing fetched. The broken links come first, evidence is folded. */
export function renderHtml(report: Report, links: ReadonlyMap<Link, LinkState>): string {
  const broken = report.checks.filter(({ status }) => status === 'failed');
  const title = report.failedCheck === null ? 'The chain is whole' : `Broken at ${report.failedCheck}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – federation report</title>
<style>${styleText(style)}</style>
</head>
<body>
<header>
<p class="kicker">Kubernetes as an identity provider for Entra ID</p>
<h1 class="${report.result}">${title}</h1>
<p class="totals">${totals(report)}</p>
</header>
<main>
${picture(links)}
${broken.map(brokenCard)}
<section aria-labelledby="checks">
<h2 id="checks">Checks</h2>
<ol class="checks">${report.checks.map(checkRow)}</ol>
</section>
<section aria-labelledby="subject">
<h2 id="subject">What was verified</h2>
<dl>${Object.entries(report.subject).map(([label, value]) => html`<dt>${label}</dt><dd><code>${value}</code></dd>`)}</dl>
</section>
</main>
<footer>Schema ${String(report.schemaVersion)}. No token, key or secret value is in this report.</footer>
</body>
</html>
`;
  return page.text;
}

function totals({ checks, time }: Report): string {
  const count = (status: ReportedCheck['status']) => checks.filter((check) => check.status === status).length;
  const seconds = checks.reduce((sum, check) => sum + check.seconds, 0);
  const parts = [`${count('passed')} passed`, `${count('failed')} failed`, `${count('skipped')} skipped`];
  return `${parts.join(', ')} in ${seconds.toFixed(1)} s, ${time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}`;
}

const stateWords: Readonly<Record<LinkState, string>> = {
  proven: 'proven',
  broken: 'broken',
  open: 'not shown',
};
const stateMarks: Readonly<Record<LinkState, string>> = { proven: '✔', broken: '✘', open: '?' };

function picture(links: ReadonlyMap<Link, LinkState>): Markup {
  return html`<ol class="chain" aria-label="The chain">${[...links].map(
    ([link, state]) =>
      html`<li class="${state}"><span class="node" aria-hidden="true">${stateMarks[state]}</span><b>${link}</b><small>${stateWords[state]}</small></li>`,
  )}</ol>`;
}

function brokenCard({ id, title, lookedAt, diagnosis }: ReportedCheck): Markup {
  if (diagnosis === null) return html``;
  return html`<section class="broken" aria-label="Broken at ${id}">
<h2>${title} <code>${id}</code></h2>
<p class="cause">${diagnosis.cause}</p>
${comparison(diagnosis)}
<h3>What to change</h3>
<pre class="change">${diagnosis.change}</pre>
${diagnosis.answer === null ? html`` : html`<details><summary>What was answered</summary><pre>${diagnosis.answer}</pre></details>`}
<p class="looked">Looked at ${lookedAt}. Code <code>${diagnosis.code}</code>.</p>
</section>`;
}

function comparison({ comparison: pair, marked }: ReportedDiagnosis): Markup {
  return pair === null || marked === null ? html`` : html`<pre class="difference">${marked}</pre>`;
}

const statusMarks: Readonly<Record<ReportedCheck['status'], string>> = {
  passed: '✔',
  failed: '✘',
  skipped: '–',
};

function checkRow({ id, title, status, seconds, lookedAt, found, evidence }: ReportedCheck): Markup {
  const time = status === 'skipped' ? 'skipped' : `${seconds.toFixed(1)} s`;
  const rows = evidence.map(({ label, value }) => html`<dt>${label}</dt><dd><code>${value}</code></dd>`);
  return html`<li class="${status}" id="check-${id}">
<div class="line"><span class="mark" role="img" aria-label="${status}">${statusMarks[status]}</span><b>${title}</b><time>${time}</time></div>
<p>${found}</p>
<details><summary>Evidence</summary><dl><dt>check</dt><dd><code>${id}</code></dd><dt>looked at</dt><dd><code>${lookedAt}</code></dd>${rows}</dl></details>
</li>`;
}
