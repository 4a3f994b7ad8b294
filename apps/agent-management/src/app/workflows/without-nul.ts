import { Matches } from 'class-validator';

/** Text (or each text of a list) that PostgreSQL can keep: its text type has no NUL. */
export function WithoutNul(options: { readonly each?: boolean } = {}): PropertyDecorator {
  return Matches(/^[^\0]*$/, { ...options, message: 'must be without NUL characters' });
}
