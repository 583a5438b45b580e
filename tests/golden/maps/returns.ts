/** Golden cases of others, asked in the calculator's arguments. */
import type { Maps } from '../map';

export const returnsMaps: Maps = {};
