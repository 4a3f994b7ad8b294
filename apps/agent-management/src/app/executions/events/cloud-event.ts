import { timeText } from '@aitbc/shared-core';
import type { JsonObject } from '@aitbc/shared-domain';
import type { FeedEvent } from './event-feed';

/** Before the type of an event: reverse DNS, as the specification asks for. */
const NAMESPACE = 'com.aitbc';
/** Digits of the largest number that an execution's events can have (2³¹). */
const SEQUENCE_DIGITS = 10;

/**
 * What leaves the system of an event: a CloudEvent in the JSON format, https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md,
 * with the `sequence` extension (extensions/sequence.md there).
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** `<execution id>/<seq>`: with `source` it names the event, however often it is delivered. */
  readonly id: string;
  readonly source: string;
  /** `com.aitbc.execution.started`, … */
  readonly type: string;
  /** The execution's id. */
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** The event's number in its execution, with leading zeros: the specification wants texts that sort as the events do. */
  readonly sequence: string;
  readonly data: CloudEventData;
}

export interface CloudEventData {
  readonly execution_id: string;
  readonly workflow_id: string;
  readonly owner_id: string;
  readonly seq: number;
  readonly step_id: string | null;
  /** What belongs to the type: `attempt`, `message`, … */
  readonly details: JsonObject;
}

/** @param source URI reference of the installation that the event comes from */
export function cloudEventOf(event: Omit<FeedEvent, 'position'>, source: string): CloudEvent {
  const { executionId, seq } = event;
  return {
    specversion: '1.0',
    id: `${executionId}/${seq}`,
    source,
    type: `${NAMESPACE}.${event.type}`,
    subject: executionId,
    time: timeText(event.occurredAt),
    datacontenttype: 'application/json',
    sequence: String(seq).padStart(SEQUENCE_DIGITS, '0'),
    data: {
      execution_id: executionId,
      workflow_id: event.workflowId,
      owner_id: event.ownerId,
      seq,
      step_id: event.stepId,
      details: event.data,
    },
  };
}
