import type { Answer, Comparable } from '../mirror/side';
import { headerDifferences } from './compare-headers';
import { type Difference, distinct } from './difference';
import { jsonDifferences } from './json-differences';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/** How two replies differ; each way once. When neither side answers, they do not. */
export function replyDifferences(release: Comparable, service: Comparable): Difference[] {
  if ('answer' in release && 'answer' in service) return distinct(answerDifferences(release.answer, service.answer));
  if ('silence' in release && 'silence' in service) return [];
  return [{ kind: 'unanswered', pointer: '', release: inShort(release), service: inShort(service) }];
}

function answerDifferences(release: Answer, service: Answer): Difference[] {
  // What else answers of different statuses have differs of itself, and would hide what happened.
  if (release.status !== service.status) {
    return [{ kind: 'status', pointer: '', release: summary(release), service: summary(service) }];
  }
  return [...headerDifferences(release.headers, service.headers), ...bodyDifferences(release, service)];
}

function bodyDifferences(release: Answer, service: Answer): Difference[] {
  if (release.body === service.body) return [];
  const [before, after] = [jsonOf(release), jsonOf(service)];
  if (before && after) return jsonDifferences(before.value, after.value);
  return [{ kind: 'body', pointer: '', release: release.body, service: service.body }];
}

/** The value of a JSON body; `undefined` when it is none, whatever it calls itself. */
function jsonOf({ headers, body }: Answer): { readonly value: unknown } | undefined {
  if (!JSON_TYPE.test(headers.get('content-type') ?? '')) return undefined;
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return undefined;
  }
}

function inShort(reply: Comparable): unknown {
  return 'silence' in reply ? `(no answer: ${reply.silence})` : summary(reply.answer);
}

/** A body that is JSON as its value, so that its secrets are known by the names of their fields. */
function summary(answer: Answer): object {
  return { status: answer.status, body: jsonOf(answer)?.value ?? answer.body };
}
