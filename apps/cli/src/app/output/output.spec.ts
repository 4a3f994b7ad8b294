import type { Schemas } from '@aitbc/agent-client';
import { stripVTControlCharacters } from 'node:util';
import { ApiProblem, CliError, EXIT } from '../errors';
import { showCost } from './cost-view';
import { Output } from './output';
import { LineProgress, LiveProgress, progressFor } from './progress';
import { plain, Style, wantsColour } from './style';
import { renderFields, renderTable } from './table';

type ExecutionCost = Schemas['ExecutionCost'];
type StepState = Schemas['StepState'];

const colourless = new Style(false);

function sink(terminal: { columns?: number; rows?: number } = {}) {
  const texts: string[] = [];
  return { write: (text: string) => texts.push(text), text: () => texts.join(''), texts, isTTY: true, ...terminal };
}

const pending: StepState = {
  ...{ name: 'One', status: 'pending', attempt: 0, cost: 0, output: null, adopted_from: null },
  ...{ error_code: null, error_message: null, started_at: null, completed_at: null },
  ...{ waits_for: null, waits_until: null, job_id: null, signal: null },
};

const stateOf = (steps: Record<string, StepState>) => ({ step_states: steps }) as Schemas['Execution'];

describe('tables', () => {
  it('have columns as wide as their widest cell, and a dash where there is nothing', () => {
    const rows = [
      { id: 'a', name: null },
      { id: 'longer', name: 'Zwölf' },
    ];
    const columns = [
      { title: 'ID', value: (row: { id: string }) => row.id },
      { title: 'NAME', value: (row: { name: string | null }) => row.name },
    ];
    expect(renderTable(rows, columns)).toBe('ID      NAME\na       -\nlonger  Zwölf');
  });

  it('let no text of others move the cursor, break a line or turn the direction of reading', () => {
    const name = 'a\u001b[2Jb\nc\u009bd\u202ee';
    expect(renderFields({ name })).toBe('name  a [2Jb c d e');
    expect(plain(name)).toBe('a [2Jb c d e');
    expect(renderTable([{ name }], [{ title: 'NAME', value: (row) => row.name }])).toBe('NAME\na [2Jb c d e');
  });

  it('leave out fields without a value', () => {
    expect(renderFields({ a: 1, b: null, c: '', d: false })).toBe('a  1\nd  false');
  });
});

describe('the cost of an execution', () => {
  const shown = (changes: Partial<ExecutionCost>) => {
    const stdout = sink();
    const out = new Output({ stdout, stderr: sink(), json: false, style: colourless });
    showCost(out, { ...NO_COST, ...changes });
    return stdout.text();
  };

  it('is shown attempt by attempt with what was used, in decimals', () => {
    const tokens = { kind: 'tokens', model: 'tiny', prompt_tokens: 3, completion_tokens: null } as const;
    const data = { step_type: 'data_processing' } as const;
    const inference = { step_type: 'inference' } as const;
    const steps: ExecutionCost['steps'] = [
      {
        ...inference,
        step_id: 'a',
        attempt: 1,
        cost: 1e-8,
        basis: { ...tokens, input_price: 0.5, output_price: 1e-7 },
      },
      { ...inference, step_id: 'a', attempt: 2, cost: 0, basis: { ...tokens, input_price: null, output_price: null } },
      {
        ...inference,
        step_id: 'b',
        attempt: 1,
        cost: 0.25,
        basis: { kind: 'job', job_id: 'job_1' },
        job_receipt_id: 'rcpt_1',
      },
      {
        ...data,
        step_id: 'c',
        attempt: 1,
        cost: 2,
        basis: { kind: 'cpu', cpu_microseconds: 1500, price_per_second: 3 },
      },
      { ...data, step_id: 'd', attempt: 1, cost: 0, basis: { kind: 'none' }, adopted_from: 'exec_0' },
    ];
    expect(shown({ total_cost: 2.25000001, reserved_cost: 0.4, budget: 3, steps })).toBe(
      [
        '2.25000001 coins of a budget of 3, 0.4 set aside',
        'STEP  ATTEMPT  COST        FOR                                            RECEIPT',
        'a     1        0.00000001  3+? tokens of tiny at 0.5/0.0000001 a million  -',
        'a     2        0           3+? tokens of tiny without a price             -',
        'b     1        0.25        job_1                                          rcpt_1',
        'c     1        2           1500 µs of CPU at 3 a second                   -',
        'd     1        0           as exec_0                                      -',
        '',
      ].join('\n'),
    );
  });

  it('is one line when nothing has begun', () => {
    expect(shown({})).toBe('0 coins\n');
  });
});

const NO_COST: ExecutionCost = {
  ...{ execution_id: 'exec_1', status: 'pending', total_cost: 0, reserved_cost: 0, budget: 0, steps: [] },
};

describe('colours', () => {
  it('are for terminals, unless NO_COLOR asks for none', () => {
    expect(wantsColour(true, {})).toBe(true);
    expect(wantsColour(true, { NO_COLOR: '' })).toBe(true);
    expect(wantsColour(true, { NO_COLOR: '1' })).toBe(false);
    expect(wantsColour(true, { TERM: 'dumb' })).toBe(false);
    expect(wantsColour(false, {})).toBe(false);
  });

  it('show how good a status is', () => {
    expect(new Style(true).status('failed')).toBe('\u001b[31mfailed\u001b[39m');
    expect(new Style(true).status('COMPLETED')).toBe('\u001b[32mCOMPLETED\u001b[39m');
    expect(new Style(true).status('unheard-of')).toBe('unheard-of');
    expect(colourless.status('failed')).toBe('failed');
  });
});

describe('output', () => {
  const problem = new ApiProblem(422, 'Some fields are not valid', [{ pointer: '/a', message: 'must be\u001b[2J b' }]);

  it('is a result on one stream, and notes and errors on the other', () => {
    const [stdout, stderr] = [sink(), sink()];
    const out = new Output({ stdout, stderr, json: false, style: colourless });
    out.result({ a: 1 }, () => 'one');
    out.note('a note');
    expect(out.fail(problem.locatedBy(() => 'wf.yaml:1:2'))).toBe(EXIT.invalid);
    expect(stdout.text()).toBe('one\n');
    expect(stderr.text()).toBe('a note\naitbc: Some fields are not valid\n  wf.yaml:1:2  /a must be [2J b\n');
  });

  it('warns of a field with its place, on standard error', () => {
    const [stdout, stderr] = [sink(), sink()];
    const out = new Output({ stdout, stderr, json: false, style: new Style(false) });
    out.warn({ pointer: '/a', message: 'may be wrong', at: 'wf.yaml:1:2' });
    out.warn({ pointer: '/b', message: 'too' });
    expect(stderr.text()).toBe('warning: wf.yaml:1:2  /a may be wrong\nwarning: /b too\n');
    expect(stdout.text()).toBe('');
  });

  it('is JSON alone when that is asked for', () => {
    const [stdout, stderr] = [sink(), sink()];
    const out = new Output({ stdout, stderr, json: true, style: new Style(true) });
    out.result({ a: 1 }, () => 'one');
    out.note('a note');
    out.warn({ pointer: '/a', message: 'may be wrong' });
    expect(JSON.parse(stdout.text())).toEqual({ a: 1 });
    expect(stderr.text()).toBe('');
    out.fail(new CliError('bad', EXIT.usage, 'do that'));
    expect(JSON.parse(stderr.text())).toEqual({ error: 'bad', hint: 'do that', exit_code: 2 });
  });

  it.each([
    [400, 5],
    [401, 4],
    [403, 4],
    [404, 3],
    [409, 6],
    [412, 6],
    [413, 5],
    [422, 5],
    [425, 6],
    [429, 7],
    [500, 7],
    [503, 7],
  ])('has for status %i the exit code %i', (status, code) => expect(new ApiProblem(status, '').exitCode).toBe(code));
});

describe('progress', () => {
  it('is a line for each change where lines cannot be redrawn', () => {
    const out = sink();
    const progress = new LineProgress(out);
    const waiting: StepState = { ...pending, status: 'waiting', waits_for: 'job', attempt: 2 };
    const failed: StepState = { ...pending, status: 'failed', attempt: 2, error_message: 'no \u001b[31mluck' };
    for (const one of [pending, waiting, waiting, failed]) progress.update(stateOf({ one }));
    progress.end();
    expect(out.texts.map((line) => line.replace(/^ +\d+\.\ds {2}/, ''))).toEqual([
      'One: waiting for a job, attempt 2\n',
      'One: failed, attempt 2: no  [31mluck\n',
    ]);
  });

  it('draws the same lines anew on a terminal, none longer than it is wide', () => {
    const out = sink({ columns: 20, rows: 24 });
    const progress = new LiveProgress(out, new Style(true));
    progress.update(stateOf({ one: { ...pending, status: 'running' }, two: { ...pending, name: 'x'.repeat(50) } }));
    progress.update(stateOf({ one: { ...pending, status: 'completed' }, two: pending }));
    progress.end();
    const [first = '', second = ''] = out.texts;
    expect(second.startsWith('\u001b[2A\u001b[0J')).toBe(true);
    const lines = stripVTControlCharacters(first).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect([...line].length).toBeLessThan(20);
  });

  it('is redrawn only where all steps have room', () => {
    const chosen = [sink({ rows: 24 }), sink({ rows: 5 }), { ...sink({ rows: 24 }), isTTY: false }].map((out) => {
      const progress = progressFor(out, colourless, 4);
      progress.end();
      return progress.constructor;
    });
    expect(chosen).toEqual([LiveProgress, LineProgress, LineProgress]);
  });
});
