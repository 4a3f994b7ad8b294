import type { PageRequest, Principal, SqlValue } from '@aitbc/shared-core';
import { WORKFLOW_COLUMNS } from './workflow-rows';

/** Which workflows; without any of these, all that the principal may see. */
export interface WorkflowFilter {
  readonly ownerId?: string | undefined;
  readonly isPublic?: boolean | undefined;
  /** Workflows that have all of them. */
  readonly tags?: readonly string[] | undefined;
}

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/**
 * The rows of a page ({@link WORKFLOW_COLUMNS}), newest first. What a principal may see is a union of ranges that are each in the order of an index
 * (own ones; public ones of others), so a page reads at most `offset + limit + 1` matching rows of each, and the
 * database sorts those few. One query with `OR` would sort all of them.
 */
export function pageStatement(who: Viewer, filter: WorkflowFilter, page: PageRequest): Statement {
  const bind = new Binder();
  const rows = bind.value(page.offset + page.limit + 1);
  const branches = rangesOf(who, filter, bind).map((range, index) => {
    const conditions = [range, ...commonConditions(filter, bind)];
    if (page.afterId !== undefined) conditions.push(`w.id < ${bind.value(page.afterId)}`);
    return `SELECT * FROM (SELECT ${WORKFLOW_COLUMNS} FROM ai_agent_workflows w WHERE ${conditions.join(' AND ')}
      ORDER BY w.id DESC LIMIT ${rows}) AS branch${index}`;
  });
  const paging = `ORDER BY id DESC LIMIT ${bind.value(page.limit + 1)} OFFSET ${bind.value(page.offset)}`;
  return { sql: `${branches.join(' UNION ALL ')} ${paging}`, parameters: bind.values };
}

/** How many match, as `total`. */
export function countStatement(who: Viewer, filter: WorkflowFilter): Statement {
  const bind = new Binder();
  const counts = rangesOf(who, filter, bind).map((range) => {
    const conditions = [range, ...commonConditions(filter, bind)].join(' AND ');
    return `(SELECT COUNT(*) FROM ai_agent_workflows w WHERE ${conditions})`;
  });
  return { sql: `SELECT ${counts.join(' + ')} AS total`, parameters: bind.values };
}

type Viewer = Pick<Principal, 'subject' | 'role'>;

/** Conditions that exclude each other and together select what the principal may see of what was asked for. */
function rangesOf({ subject, role }: Viewer, { ownerId, isPublic }: WorkflowFilter, bind: Binder): string[] {
  if (ownerId !== undefined) {
    const visible = ownerId === subject || role === 'admin' ? '' : ' AND w.is_public = TRUE';
    return [`w.owner_id = ${bind.value(ownerId)}${visible}`];
  }
  // `id > ''` is true of every id: it makes the primary key an index range to walk.
  if (role === 'admin') return [isPublic === true ? 'w.is_public = TRUE' : `w.id > ''`];
  if (isPublic === true) return ['w.is_public = TRUE'];
  const own = `w.owner_id = ${bind.value(subject)}`;
  return isPublic === false ? [own] : [own, `w.is_public = TRUE AND w.owner_id <> ${bind.value(subject)}`];
}

function commonConditions({ isPublic, tags = [] }: WorkflowFilter, bind: Binder): string[] {
  const tagged = [...new Set(tags)].map(
    (tag) =>
      `EXISTS (SELECT 1 FROM ai_agent_workflow_tags t WHERE t.tag = ${bind.value(tag)} AND t.workflow_id = w.id)`,
  );
  const visibility = isPublic === undefined ? [] : [`w.is_public = ${isPublic ? 'TRUE' : 'FALSE'}`];
  return ['w.deleted_at IS NULL', ...visibility, ...tagged];
}

/** Collects parameters and gives their placeholders. */
class Binder {
  readonly values: SqlValue[] = [];

  value(value: SqlValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
