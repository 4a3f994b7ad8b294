import { IsInstant, PageQuery } from '@aitbc/shared-core';
import { WEBHOOK_DELIVERY_STATUSES, type WebhookDeliveryStatus } from '@aitbc/shared-domain';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IfPresent, PlainText } from '../agents';
import { EVENT_PATTERN } from './event-patterns';

const MAX_EVENT_TYPES = 32;
const MAX_URL_LENGTH = 2_048;
const MAX_DESCRIPTION_LENGTH = 1_000;
const MAX_OVERLAP_SECONDS = 604_800;
const WITHOUT_NUL = { message: 'must be without NUL characters' };
const A_PATTERN = { each: true, message: 'must be *, execution.*, step.*, or a type such as execution.completed' };

function EventTypes(): PropertyDecorator {
  const rules = [
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MAX_EVENT_TYPES),
    ArrayUnique(),
    IsString({ each: true }),
    Matches(EVENT_PATTERN, A_PATTERN),
  ];
  return (target, property) => rules.forEach((decorate) => decorate(target, property));
}

/** Body of `POST /webhooks`. */
export class WebhookDto {
  /** Where events are sent to: https, and http where the operator allows it; a public address, or one that the operator allows. */
  @PlainText(1, MAX_URL_LENGTH)
  url: string;

  /** 1 to 32 of `execution.completed`, `step.failed`, …, `execution.*`, `step.*` and `*`, which is all. */
  @EventTypes()
  event_types: string[] = ['*'];

  /** Only events of executions of this workflow. */
  @IsOptional()
  @PlainText(1, 60)
  workflow_id?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(MAX_DESCRIPTION_LENGTH)
  @Matches(/^[^\0]*$/, WITHOUT_NUL)
  description?: string | null;

  /** False: it gets nothing until it is turned on. */
  @IsBoolean()
  active: boolean = true;
}

/** Body of `PATCH /webhooks/{webhook_id}`: absent fields stay as they are, `null` clears `workflow_id` and `description`. */
export class PatchWebhookDto {
  /** As in `POST`. What has not been sent yet goes to the new one. */
  @IfPresent()
  @PlainText(1, MAX_URL_LENGTH)
  url?: string;

  /** Replaces the whole list; for events from now on. */
  @IfPresent()
  @EventTypes()
  event_types?: string[];

  @IsOptional()
  @PlainText(1, 60)
  workflow_id?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(MAX_DESCRIPTION_LENGTH)
  @Matches(/^[^\0]*$/, WITHOUT_NUL)
  description?: string | null;

  /** False: events that happen are not taken on, and what has not been sent waits. True: it is sent, whoever had turned it off. */
  @IfPresent()
  @IsBoolean()
  active?: boolean;
}

/** Body of `POST /webhooks/{webhook_id}/rotate-secret`. */
export class RotateSecretDto {
  /** Seconds for which it signs with the old secret too, 0 to a week. */
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_SECONDS)
  overlap_seconds: number = 86_400;
}

/** Filters of `GET /webhooks/{webhook_id}/deliveries`. */
export class WebhookDeliveryQuery extends PageQuery {
  @IsOptional()
  @IsIn(WEBHOOK_DELIVERY_STATUSES)
  status?: WebhookDeliveryStatus;

  /** Only events of this execution, those first that happened last. */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  execution_id?: string;
}

/** Body of `POST /webhooks/{webhook_id}/replay`. */
export class ReplayDto {
  /** Only deliveries that were made at or after this instant. With it all that are finished are sent again, else the dead ones. */
  @IsOptional()
  @IsInstant()
  since?: string;

  /** `dead` or `succeeded`: only those. */
  @IsOptional()
  @IsIn(['dead', 'succeeded'])
  status?: 'dead' | 'succeeded';

  /** Only deliveries that were made after this one: `next_after` of the answer before. */
  @IsOptional()
  @PlainText(1, 60)
  after?: string;

  /** How many at most, those first that were made first. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit: number = 1_000;
}
