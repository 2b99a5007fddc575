import TestRunner from 'jest-runner';

/** Runs one test file at a time: clusters need the machine, and the webhook's port, to themselves. */
export default class SerialRunner extends TestRunner {
  isSerial = true;
}
