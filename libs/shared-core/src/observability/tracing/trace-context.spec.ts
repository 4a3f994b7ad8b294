import { withLogContext } from '../../logging/log-context';
import { currentTrace, derivedSpanId, parseTraceparent, traceFields, traceparentOf, withTrace } from './trace-context';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const context = { traceId: TRACE, spanId: SPAN, sampled: true };

describe('a traceparent', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    // Flags that a later version defines may stand beside ours.
    [`00-${TRACE}-${SPAN}-03`, true],
    [`00-${TRACE}-${SPAN}-fe`, false],
    [`cc-${TRACE}-${SPAN}-01`, true],
    [`cc-${TRACE}-${SPAN}-01-what-the-future-will-be-like`, true],
  ])('is read: %s', (text, sampled) => {
    expect(parseTraceparent(text)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
  });

  it.each([
    ['', 'nothing'],
    [`ff-${TRACE}-${SPAN}-01`, 'the forbidden version'],
    [`00-${TRACE}-${SPAN}-01-more`, 'more than version 00 has'],
    [`cc-${TRACE}-${SPAN}-01.more`, 'more without a dash'],
    [`00-${'0'.repeat(32)}-${SPAN}-01`, 'a trace id of zeros'],
    [`00-${TRACE}-${'0'.repeat(16)}-01`, 'a span id of zeros'],
    [`00-${TRACE.toUpperCase()}-${SPAN}-01`, 'capital letters'],
    [`00-${TRACE}-${SPAN}-1`, 'half a flag'],
    [` 00-${TRACE}-${SPAN}-01`, 'a blank before it'],
  ])('is none: %s (%s)', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });

  it('is written as it is read', () => {
    const text = `00-${TRACE}-${SPAN}-01`;
    expect(traceparentOf(context)).toBe(text);
    expect(parseTraceparent(traceparentOf({ ...context, sampled: false }))).toEqual({ ...context, sampled: false });
    expect(parseTraceparent(null)).toBeUndefined();
  });
});

describe('the id of a span that stands for something stored', () => {
  it('is the same in every process, and another for another thing', () => {
    // printf exec_1 | sha256sum
    expect(derivedSpanId('exec_1')).toBe('215a03ee2332e0b6');
    expect(derivedSpanId('exec_2')).not.toBe(derivedSpanId('exec_1'));
  });
});

describe('the current trace', () => {
  it('is that of the work which runs, and no other', async () => {
    const inner = { ...context, spanId: '00000000000000ab', sampled: false };
    expect(currentTrace()).toBeUndefined();
    await withTrace(context, async () => {
      await Promise.resolve();
      expect(currentTrace()).toEqual(context);
      expect(withTrace(inner, currentTrace)).toEqual(inner);
      expect(withTrace(undefined, currentTrace)).toEqual(context);
      expect(withLogContext({ step_id: 'a' }, currentTrace)).toEqual(context);
    });
    expect(currentTrace()).toBeUndefined();
  });

  it('stands in log lines by the names of OpenTelemetry', () => {
    expect(traceFields(context)).toEqual({ trace_id: TRACE, span_id: SPAN, trace_flags: '01' });
    expect(traceFields(undefined)).toEqual({});
  });
});
