/** An explanation as the API answers it, recorded from the demo; an end-to-end test holds it against it. */
import type { Explanation } from '../../contract/explanation';
import recorded from '../examples/explanation.json';

export const explanation = recorded as Explanation;
