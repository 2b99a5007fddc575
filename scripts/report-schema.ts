import { catalogue } from '../src/errors/index.ts';
import { checkIds } from '../src/verify/check-ids.ts';

/** Fills the lists of check IDs and error codes in the JSON Schema of the report. */
export function fillReportSchema(text: string): string {
  const schema = JSON.parse(text);
  schema.$defs.checkId.enum = checkIds;
  schema.$defs.code.enum = Object.keys(catalogue).sort();
  return `${JSON.stringify(schema, null, 2)}\n`;
}
