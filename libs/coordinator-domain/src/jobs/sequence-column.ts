import { UnitsColumn } from '@aitbc/shared-domain';

/** A 64-bit counter, kept as money is: a safe integer that reads the same from both engines. */
export const SequenceColumn = UnitsColumn;
