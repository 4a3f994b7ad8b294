import type { Layout } from '../layout';
import type { ServiceManager } from './service-manager';
import { SupervisedServices } from './supervised-services';
import { SystemdServices } from './systemd-services';

/** Who runs the services of an installation. */
export function serviceManager(layout: Layout): ServiceManager {
  return layout.isSystem ? new SystemdServices() : new SupervisedServices(layout);
}
