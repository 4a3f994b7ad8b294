import { processEnvironment } from '@aitbc/shared-core';
import { EXIT } from './app/errors';
import { run } from './app/program';

const interruption = new AbortController();
// The second Ctrl-C ends the process at once.
process.once('SIGINT', () => interruption.abort());
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read it has seen enough (`aitbc … | head`).
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
}

void run(process.argv.slice(2), {
  stdin: () => process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: processEnvironment(),
  signal: interruption.signal,
}).then((code) => {
  process.exitCode = code;
});
