// A file of its own in the build: the ExpressionPool starts it as a child process. It takes the source itself and not
// the library's index, whose imports a child has no use for.
// eslint-disable-next-line @nx/enforce-module-boundaries -- there is no alias for a single file of a library
import '../../../libs/sandbox/src/expressions/expression-child';
