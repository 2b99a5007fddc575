export {
  type CodeNeeding,
  catalogue,
  type ErrorCode,
  type ErrorEntry,
  type ErrorValues,
  type Fault,
  sections,
} from './catalogue/index.ts';
export { codeOf, FederationError, fillIn, messageOf } from './error.ts';
