import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { CheckResult } from '../../src/verify/check.ts';
import { checkIds } from '../../src/verify/check-ids.ts';
import { renderHtml } from '../../src/verify/report/html/index.ts';
import { getLinkStates } from '../../src/verify/report/links.ts';
import { buildReport } from '../../src/verify/report/report.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { requireBrowser } from './chromium.ts';
import { backgroundColor, measureContrast, sidewaysPixels } from './page-scripts.ts';

const issuer = 'https://federationissuer.blob.core.windows.net/oidc/';
const working: readonly CheckResult[] = checkIds.map((id, at) => ({
  id,
  title: `Check ${at + 1}`,
  lookedAt: `${issuer}.well-known/openid-configuration`,
  seconds: 0.1,
  status: 'passed',
  found: `everything about ${id}`,
  evidence: [['issuer', issuer]],
}));
const broken: readonly CheckResult[] = working.map((result) => {
  const { id, title, lookedAt } = result;
  if (checkIds.indexOf(id) < checkIds.indexOf('federated-credential')) return result;
  if (id !== 'federated-credential')
    return {
      id,
      title,
      lookedAt,
      seconds: 0,
      status: 'skipped',
      reason: 'skipped because federated-credential failed',
    };
  return {
    id,
    title: 'Federated credential',
    lookedAt: 'federated credentials of 8c4ffe76-0eec-492e-9f13-daa6ba56ff7b',
    seconds: 0.2,
    status: 'failed',
    diagnosis: {
      code: 'credential-issuer-differs',
      fault: 'user',
      cause:
        'the nearest credential, "k8s-demo", has a different issuer: the values differ only in a slash at the end',
      change: 'Let federate-app repair it.',
      comparison: [
        { label: 'issuer of the credential', value: issuer.replace(/\/$/, '') },
        { label: 'issuer of the token', value: issuer },
      ],
      answer: 'AADSTS700211: <script>document.title = "owned"</script> & "quoted"',
    },
  };
});

let browser: Browser;
let shop: Workshop;
let page: Page;
const requests: string[] = [];

beforeAll(async () => {
  shop = workshop();
  // Tests run as root in containers, which rules out Chromium's sandbox.
  browser = await chromium.launch({ executablePath: requireBrowser(), args: ['--no-sandbox'] });
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  shop.remove();
});

async function open(results: readonly CheckResult[], options: Parameters<Browser['newPage']>[0] = {}) {
  const report = buildReport(results, { issuer, 'service account': 'demo/reader' }, 1_800_000_000);
  const file = shop.path('report.html');
  writeFileSync(file, renderHtml(report, getLinkStates(results)));
  page = await browser.newPage(options);
  requests.splice(0);
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`file://${file}`);
}

const texts = [
  ...['h1', '.totals', '.chain b', '.chain small', '.proven .node', '.broken .node', '.open .node'],
  ...['.cause', '.difference', '.change', 'section.broken summary', '.looked'],
  ...['.passed .mark', '.failed .mark', '.checks p', '.checks summary', 'time', 'dt', 'dd code', 'footer'],
];

describe('the HTML report', () => {
  test('shows the broken link first, with the two strings and what to change', async () => {
    await open(broken);
    expect(await page.textContent('h1')).toBe('Verification failed at federated-credential');
    const card = page.locator('section.broken');
    expect(await card.count()).toBe(1);
    expect(await card.textContent()).toContain('Let federate-app repair it.');
    expect(await card.locator('.difference').textContent()).toMatch(
      /\^\nthe values differ only in a slash at the end$/,
    );
    const [top, checks] = [await card.boundingBox(), await page.locator('.checks').boundingBox()];
    expect(top?.y).toBeLessThan(checks?.y ?? 0);
    expect(await page.locator('.chain li.broken b').allTextContents()).toEqual(['identity']);
    expect(await page.locator('.chain li.proven b').allTextContents()).toEqual(['keys', 'issuer', 'cluster']);
  });

  test('collapses evidence, and shows it after a click', async () => {
    await open(working);
    const evidence = page.locator('.checks li details dl').first();
    expect(await evidence.isVisible()).toBe(false);
    await page.locator('.checks li summary').first().click();
    expect(await evidence.isVisible()).toBe(true);
    expect(await evidence.textContent()).toContain(issuer);
  });

  test('shows answers of services as text, never as markup, and fetches nothing', async () => {
    await open(broken);
    expect(await page.title()).toBe('Verification failed at federated-credential – verification report');
    expect(await page.locator('script').count()).toBe(0);
    await page.locator('section.broken summary').click();
    expect(await page.locator('section.broken details pre').textContent()).toContain('<script>');
    expect(requests).toEqual([page.url()]);
  });

  test.each(['light', 'dark'] as const)(
    'is readable in %s mode: every text has a contrast of 4.5 or more',
    async (colorScheme) => {
      await open(broken, { colorScheme });
      const ground = colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)';
      expect(await page.evaluate(backgroundColor)).toBe(ground);
      const contrasts = await Promise.all(
        texts.map((selector) => page.evaluate<number>(measureContrast(selector))),
      );
      expect(texts.filter((_, at) => !((contrasts[at] ?? 0) >= 4.5))).toEqual([]);
    },
  );

  test.each([
    ['a phone', 360],
    ['a desktop', 1280],
  ])('fits on %s without scrolling sideways', async (_, width) => {
    for (const results of [working, broken]) {
      await open(results, { viewport: { width, height: 800 } });
      expect(await page.evaluate<number>(sidewaysPixels)).toBe(0);
      if (results === working) await page.close();
    }
  });
});
