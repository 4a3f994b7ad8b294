import { UsageError } from '@aitbc/operator-programs';
import { RELEASED_APPS, type ReleasedApp, SERVICES, type ServiceName } from './layout';

/** @throws UsageError when nothing of that name is released */
export function appNamed(name: string): ReleasedApp {
  return oneOf(RELEASED_APPS, name, 'application');
}

/** @throws UsageError when there is no service of that name */
export function serviceNamed(name: string): ServiceName {
  return oneOf(SERVICES, name, 'service');
}

function oneOf<Name extends string>(names: readonly Name[], name: string, kind: string): Name {
  const found = names.find((one) => one === name);
  if (!found) throw new UsageError(`there is no ${kind} '${name}'`);
  return found;
}
