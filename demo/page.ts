import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; } td, th { border: 1px solid #8884; padding: .3rem .6rem; text-align: left; }
  code { overflow-wrap: anywhere; } section { border-top: 1px solid #8884; margin-top: 1.5rem; }
`;

/**
 * Writes the job summaries of all steps as a page, in Markdown and HTML. Returns the path of the HTML file.
 */
export async function writePage(
  folder: string,
  title: string,
  summaries: readonly string[],
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const markdown = `# ${title}\n\n${summaries.filter((summary) => summary !== '').join('\n---\n\n')}`;
  writeFileSync(join(folder, 'summary.md'), markdown);
  const file = join(folder, 'summary.html');
  const body = await marked.parse(markdown);
  writeFileSync(
    file,
    `<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">\n<title>${title}</title>\n<style>${style}</style>\n${body}</html>\n`,
  );
  return file;
}
