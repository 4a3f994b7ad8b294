import { OperatorError } from '@aitbc/operator-programs';

/**
 * What the operator is told of an error. One with a code comes from the database or the file system and says by itself what
 * is to be mended; any other is a fault of ours, and keeps its stack.
 * @param consequence what this means for what was there before
 */
export function operatorErrorOf(error: unknown, consequence: string): unknown {
  if (error instanceof OperatorError) {
    return error.constructor === OperatorError
      ? new OperatorError(`${error.message}\n${consequence}`, { cause: error })
      : error;
  }
  const isOutside = error instanceof Error && 'code' in error && !String(error.code).startsWith('ERR_');
  return isOutside ? new OperatorError(`${error.message}\n${consequence}`, { cause: error }) : error;
}
