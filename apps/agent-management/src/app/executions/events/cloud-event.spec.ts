import { cloudEventOf } from './cloud-event';

const event = {
  ownerId: 'alice',
  executionId: 'exec_0198c0de-0000-7000-8000-000000000001',
  workflowId: 'wf_1',
  seq: 7,
  type: 'step.completed',
  stepId: 'first',
  data: { attempt: 1 },
  occurredAt: Date.UTC(2026, 0, 31, 9, 15),
};
const SOURCE = 'https://aitbc.example';

/** RFC 3986, as far as a source may be one: with a scheme, and nothing that would have to be escaped. */
const URI = /^[a-z][a-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
/** Context attributes that the specification names; others are extensions. */
const NAMED = [
  'id',
  'source',
  'specversion',
  'type',
  'datacontenttype',
  'dataschema',
  'subject',
  'time',
  'data',
  'data_base64',
];

describe('an event as a CloudEvent', () => {
  const cloudEvent = cloudEventOf(event, SOURCE);

  it('has the required attributes, not empty, and a source that is a URI (3.1)', () => {
    expect(cloudEvent.specversion).toBe('1.0');
    for (const name of ['id', 'source', 'type'] as const) expect(cloudEvent[name].length).toBeGreaterThan(0);
    expect(cloudEvent.source).toMatch(URI);
  });

  it('has a type of reverse DNS, a time of RFC 3339, a media type, and the subject (3.1, 3.2)', () => {
    expect(cloudEvent.type).toBe('com.aitbc.step.completed');
    expect(cloudEvent.time).toMatch(RFC_3339);
    expect(cloudEvent.time).toBe('2026-01-31T09:15:00.000Z');
    expect(cloudEvent.datacontenttype).toBe('application/json');
    expect(cloudEvent.subject).toBe(event.executionId);
  });

  it('names all attributes in lower-case letters and digits, at most 20 (3)', () => {
    for (const name of Object.keys(cloudEvent)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
    expect(Object.keys(cloudEvent).filter((name) => !NAMED.includes(name))).toEqual(['sequence']);
  });

  it('has another id for each event, and the same however often it is made', () => {
    const ids = [1, 2].flatMap((seq) => ['exec_a', 'exec_b'].map((executionId) => ({ ...event, seq, executionId })));
    expect(new Set(ids.map((each) => cloudEventOf(each, SOURCE).id)).size).toBe(4);
    expect(cloudEventOf(event, SOURCE)).toEqual(cloudEvent);
  });

  it('has a sequence that sorts as text as the numbers do (sequence extension)', () => {
    const numbers = [1, 2, 9, 10, 11, 99, 100, 1_000, 2_147_483_647];
    const texts = numbers.map((seq) => cloudEventOf({ ...event, seq }, SOURCE).sequence);
    expect(texts.toSorted()).toEqual(texts);
    expect(texts.map(Number)).toEqual(numbers);
  });

  it('tells in its data what the event says, also without a step', () => {
    expect(cloudEvent.data).toEqual({
      ...{ execution_id: event.executionId, workflow_id: 'wf_1', owner_id: 'alice', seq: 7, step_id: 'first' },
      details: { attempt: 1 },
    });
    expect(cloudEventOf({ ...event, stepId: null }, SOURCE).data.step_id).toBeNull();
  });

  it('is JSON that says the same', () => {
    expect(JSON.parse(JSON.stringify(cloudEvent))).toEqual(cloudEvent);
  });
});
