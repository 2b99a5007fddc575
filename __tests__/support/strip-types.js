import { stripTypeScriptTypes } from 'node:module';

// The sources are erasable TypeScript, so Node itself makes JavaScript of them, line by line the same.
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
