import type { Link } from '../../../runtime/index.ts';
import type { LinkState } from '../links.ts';
import type { Report, ReportedCheck, ReportedDiagnosis } from '../report.ts';
import { html, type Markup, styleText } from './markup.ts';
import { style } from './style.ts';

/**
 * Renders the report as one page, with its styles, without scripts, and without anything to fetch. Broken
 * links come first.
 */
export function renderHtml(report: Report, links: ReadonlyMap<Link, LinkState>): string {
  const broken = report.checks.filter(({ status }) => status === 'failed');
  const title =
    report.failedCheck === null ? 'Verification passed' : `Verification failed at ${report.failedCheck}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – verification report</title>
<style>${styleText(style)}</style>
</head>
<body>
<header>
<p class="kicker">Kubernetes as an identity provider for Entra ID</p>
<h1 class="${report.result}">${title}</h1>
<p class="totals">${countResults(report)}</p>
</header>
<main>
${renderLinks(links)}
${broken.map(renderBreak)}
<section aria-labelledby="checks">
<h2 id="checks">Checks</h2>
<ol class="checks">${report.checks.map(renderCheck)}</ol>
</section>
<section aria-labelledby="subject">
<h2 id="subject">Subject</h2>
<dl>${Object.entries(report.subject).map(([label, value]) => html`<dt>${label}</dt><dd><code>${value}</code></dd>`)}</dl>
</section>
</main>
<footer>Schema ${String(report.schemaVersion)}. This report contains no tokens, keys or values of secrets.</footer>
</body>
</html>
`;
  return page.text;
}

function countResults({ checks, time }: Report): string {
  const count = (status: ReportedCheck['status']) => checks.filter((check) => check.status === status).length;
  const seconds = checks.reduce((sum, check) => sum + check.seconds, 0);
  const parts = [`${count('passed')} passed`, `${count('failed')} failed`, `${count('skipped')} skipped`];
  return `${parts.join(', ')} in ${seconds.toFixed(1)} s, ${time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}`;
}

const stateWords: Readonly<Record<LinkState, string>> = {
  proven: 'proven',
  broken: 'broken',
  open: 'not verified',
};
const stateMarks: Readonly<Record<LinkState, string>> = { proven: '✔', broken: '✘', open: '?' };

function renderLinks(links: ReadonlyMap<Link, LinkState>): Markup {
  return html`<ol class="chain" aria-label="The chain">${[...links].map(
    ([link, state]) =>
      html`<li class="${state}"><span class="node" aria-hidden="true">${stateMarks[state]}</span><b>${link}</b><small>${stateWords[state]}</small></li>`,
  )}</ol>`;
}

function renderBreak({ id, title, lookedAt, diagnosis }: ReportedCheck): Markup {
  if (diagnosis === null) return html``;
  return html`<section class="broken" aria-label="Broken at ${id}">
<h2>${title} <code>${id}</code></h2>
<p class="cause">${diagnosis.cause}</p>
${renderComparison(diagnosis)}
<h3>What to change</h3>
<pre class="change">${diagnosis.change}</pre>
${diagnosis.answer === null ? html`` : html`<details><summary>Answer</summary><pre>${diagnosis.answer}</pre></details>`}
<p class="looked">Looked at ${lookedAt}. Code <code>${diagnosis.code}</code>.</p>
</section>`;
}

function renderComparison({ comparison: pair, marked }: ReportedDiagnosis): Markup {
  return pair === null || marked === null ? html`` : html`<pre class="difference">${marked}</pre>`;
}

const statusMarks: Readonly<Record<ReportedCheck['status'], string>> = {
  passed: '✔',
  failed: '✘',
  skipped: '–',
};

function renderCheck({ id, title, status, seconds, lookedAt, found, evidence }: ReportedCheck): Markup {
  const time = status === 'skipped' ? 'skipped' : `${seconds.toFixed(1)} s`;
  const rows = evidence.map(({ label, value }) => html`<dt>${label}</dt><dd><code>${value}</code></dd>`);
  return html`<li class="${status}" id="check-${id}">
<div class="line"><span class="mark" role="img" aria-label="${status}">${statusMarks[status]}</span><b>${title}</b><time>${time}</time></div>
<p>${found}</p>
<details><summary>Evidence</summary><dl><dt>check ID</dt><dd><code>${id}</code></dd><dt>looked at</dt><dd><code>${lookedAt}</code></dd>${rows}</dl></details>
</li>`;
}
