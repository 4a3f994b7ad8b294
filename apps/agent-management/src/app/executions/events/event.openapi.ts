import { answer, noContent, operation, schema } from '@aitbc/shared-core';
import { EventFeedQuery, ExecutionEventsQuery } from './event.dto';

const { anyObject, instant, integer, list, nullable, object, ref, text } = schema;

/** What `cloudEventOf` makes. */
export const cloudEventSchema = object(
  {
    specversion: text('`1.0`.'),
    id: text('`<execution_id>/<seq>`: with `source` it names the event, however often it is delivered.'),
    source: text('The installation that it comes from.'),
    type: text('`com.aitbc.` and the type of the event, such as `com.aitbc.execution.completed`.'),
    subject: text('The execution.'),
    time: instant(),
    datacontenttype: text('`application/json`.'),
    sequence: text('Its number in the execution with leading zeros, so that the texts sort as the events do.'),
    data: object({
      execution_id: text(),
      workflow_id: text(),
      owner_id: text(),
      seq: integer('1, 2, 3, … in the execution, without gaps.'),
      step_id: nullable(text()),
      details: anyObject('What belongs to the type.'),
    }),
  },
  { description: 'What happened in an execution: a CloudEvent 1.0 with the `sequence` extension.' },
);

const lastEventId = (what: string) => ({
  'Last-Event-ID': { description: `${what} Event sources send it by themselves.`, required: false },
});

const EVENTS = `Server-Sent Events, named by their type (\`execution.started\`, \`step.completed\`, …), whose data is a \`CloudEvent\`.`;
const STAYING = `A comment, or an \`id\` alone, comes after each 15 s of silence. A reader that takes nothing for 30 s is cut off, and \
when the process drains the stream ends: it goes on elsewhere, after the last \`id\`. Too many streams are refused with 503.`;

export const eventOperations = [
  operation({
    ...{ method: 'get', path: '/executions/:execution_id/events', id: 'followExecution' },
    summary: 'What happens in an execution, as it happens',
    description: `The \`id\` of an event is its number. The stream ends after the last event; who asks for more then gets 204, which \
keeps an event source from coming again. ${STAYING}`,
    parameters: { execution_id: 'Id of an execution.' },
    query: ExecutionEventsQuery,
    headers: lastEventId('Number of the last event that was read: the stream goes on after it.'),
    responses: {
      200: { description: 'The events, from the first one on.', mediaType: 'text/event-stream', schema: text(EVENTS) },
      204: noContent('There will be no event after that one.'),
    },
    errors: ['not_found'],
  }),
  operation({
    ...{ method: 'get', path: '/events', id: 'listEvents' },
    summary: "The events of all the caller's executions",
    description: `Those of one execution in their order; none is left out, also when transactions end in another order than they \
began. As a page, or with \`Accept: text/event-stream\` as a stream. Admins see all. ${STAYING}`,
    query: EventFeedQuery,
    headers: lastEventId('The same as `after`.'),
    access: ['client', 'service', 'admin'],
    responses: {
      200: {
        ...answer(
          'A page: there may be more although it is not full.',
          object({
            items: list(ref('CloudEvent')),
            next_cursor: text('Send it as `after` to read on. Never null: the feed has no end.'),
          }),
        ),
        also: { 'text/event-stream': text(EVENTS) },
      },
    },
    errors: ['forbidden'],
  }),
];
