export { openPlatformDatabase } from './open-platform-database';
export { releaseVersion } from './release-version';
export { type CompositionOptions, runService, type Service } from './run-service';
export { API_BASE, createServiceApp, oneRouter } from './service-app';
