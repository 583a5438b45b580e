/** The workflows that a worker registers. */
export { runPattern } from './run-pattern';
export { nightlyPack } from './nightly-pack';
export { evaluateAlerts } from './evaluate-alerts';
