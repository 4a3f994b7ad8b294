import { parentPort } from 'node:worker_threads';
import { FINAL_JOB_STATES } from '@aitbc/contracts';
import { newId } from '../../ids/ids';

interface Question {
  readonly value: unknown;
}

/** Answers one message with its value, an id and something from a workspace library, then ends. */
function answer({ value }: Question): object {
  return { id: newId('job'), value, states: FINAL_JOB_STATES.length };
}

const port = parentPort;
if (port) port.once('message', (question: Question) => port.postMessage(answer(question)));
else {
  process.once('message', (question: Question) => {
    process.send?.(answer(question), undefined, {}, () => process.disconnect());
  });
}
