import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { requireBrowser } from '../__tests__/browser/chromium.ts';

// Creates the picture in docs/report.md from the HTML report of a run:
//   node scripts/report-screenshot.ts <report.html> docs/images/report.png
const [report, target] = process.argv.slice(2);
if (report === undefined || target === undefined)
  throw new Error('usage: node scripts/report-screenshot.ts <report.html> <picture.png>');

const browser = await chromium.launch({ executablePath: requireBrowser(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 960, height: 1000 }, colorScheme: 'light' });
  await page.goto(`file://${resolve(report)}`);
  await page.screenshot({ path: target });
} finally {
  await browser.close();
}
