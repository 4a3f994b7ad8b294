export { createDashboardRouter } from './ecosystem.router';
export { EcosystemService } from './ecosystem.service';
export { EcosystemStore } from './ecosystem.store';
export { ecosystemView } from './ecosystem.view';
export { dashboardDocument, ecosystemSchema } from './ecosystem.openapi';
