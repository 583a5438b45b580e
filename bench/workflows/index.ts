/** Both contestants, bundled together so that one worker serves both. */
export { runPattern } from '../../workflows';
export { handWrittenOverview } from './hand-written';
