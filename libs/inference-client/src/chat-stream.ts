import { boundedBody, serverEvents } from '@aitbc/shared-core';
import { asRecord, type ChatAnswer, readCompletion, tokenCounts } from './chat-completion';

/** Each token comes in an envelope of some hundred bytes. */
const MAX_STREAM_BYTES = 32 * 1024 * 1024;
const LAST_EVENT = '[DONE]';

/**
 * Reads a streamed completion to its end. An endpoint that answers as a whole, because it cannot stream, is understood
 * too: its text is given as one piece.
 * @param onText gets each piece of the text, none of them empty.
 * @param onBytes told whenever anything came.
 * @throws Error when the endpoint reports one, or breaks off before the text is complete.
 */
export async function readStream(
  response: Response,
  onText: (text: string) => void,
  onBytes: () => void,
): Promise<ChatAnswer> {
  if (!isEventStream(response)) {
    const completion = await readCompletion(response);
    if (completion.text !== '') onText(completion.text);
    return completion;
  }
  const parts = new CompletionParts();
  for await (const { data } of serverEvents(heard(boundedBody(response, MAX_STREAM_BYTES), onBytes))) {
    if (data === LAST_EVENT) return parts.completion();
    const text = parts.add(JSON.parse(data));
    if (text !== '') onText(text);
  }
  // Some endpoints close without the last event. Only a reason to finish tells that from a broken connection.
  if (!parts.isFinished) throw new Error('its stream ended before the text was complete');
  return parts.completion();
}

/** A completion as its chunks tell it bit by bit. */
class CompletionParts {
  private text = '';
  private finishReason: string | null = null;
  private model = '';
  private counts = tokenCounts(undefined);

  get isFinished(): boolean {
    return this.finishReason !== null;
  }

  /** Takes a chunk in and gives the text in it. @throws Error when it tells of an error. */
  add(chunk: unknown): string {
    const { choices, model, usage, error } = asRecord(chunk);
    if (error !== undefined && error !== null) throw new Error(`it broke off: ${messageIn(error)}`);
    if (typeof model === 'string') this.model = model;
    // The chunk with the counts comes last, and has no choices.
    if (usage !== undefined && usage !== null) this.counts = tokenCounts(usage);
    const choice = asRecord(Array.isArray(choices) ? choices[0] : undefined);
    if (typeof choice['finish_reason'] === 'string') this.finishReason = choice['finish_reason'];
    const { content } = asRecord(choice['delta']);
    if (typeof content !== 'string') return '';
    this.text += content;
    return content;
  }

  completion(): ChatAnswer {
    return { text: this.text, finishReason: this.finishReason, model: this.model, ...this.counts };
  }
}

async function* heard(bytes: AsyncIterable<Uint8Array>, onBytes: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    onBytes();
    yield chunk;
  }
}

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/** The endpoint's own words, cut short: they go to the client of the job. */
function messageIn(error: unknown): string {
  const { message } = asRecord(error);
  return (typeof message === 'string' ? message : JSON.stringify(error)).slice(0, 300);
}
