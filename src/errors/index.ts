export {
  type CodeNeeding,
  catalogue,
  type ErrorCode,
  type ErrorEntry,
  type ErrorValues,
  type Fault,
  placeholder,
  sections,
} from './catalogue/index.ts';
export { errorCode, errorMessage, FederationError, fillIn } from './error.ts';
