// A file of its own in the build: the CodeSandbox starts it as a worker thread. It takes the source itself and not the
// library's index, whose imports a worker has no use for.
// eslint-disable-next-line @nx/enforce-module-boundaries -- there is no alias for a single file of a library
import '../../../libs/sandbox/src/code/code-worker';
