export { OperatorError, UsageError } from './errors';
export { exclusively } from './lock';
export { runProgram } from './program';
