// Made by scripts/build.ts.
import { start } from './index.js';
await start('emulator');
