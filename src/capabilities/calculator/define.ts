/** What all contracts of the calculator share. */
import { Type } from '@sinclair/typebox';
import { DecimalString } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';

export const capability = capabilitiesOf('calculator');

/** A number, or a decimal number as text where no digit may be lost. */
export const Numeric = Type.Union([Type.Number(), DecimalString]);

/** Longest list a measure takes. */
export const maxRows = 20_000;

/** Objects here have the members that are listed and no others. */
export const closed = { additionalProperties: false } as const;
