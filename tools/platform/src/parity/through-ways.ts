import type { Progress } from '../progress';
import type { BuiltRelease } from '../releases/build-release';
import { requireNginx } from '../routing/nginx-process';
import { inRouterFolder } from '../routing/router-folder';
import { RoutedServices } from '../routing/routed-services';
import { judge } from '../suites/judge';
import { LoggedFaults } from '../suites/logged-faults';
import { SUITE_VARIABLES } from '../suites/suite-services';
import { PARITY_SUITE } from './frozen-suite';

export interface ThroughWaysOptions {
  /** Of the workspace, built. */
  readonly root: string;
  readonly release: BuiltRelease;
  /** As `deploy/bin/route agents=…` takes them. */
  readonly ways: readonly string[];
  /** Of Jest, such as the name of one file. */
  readonly args: readonly string[];
  readonly progress: Progress;
}

/** The suite as clients see the platform: through the router, on one way after another. Gives what is wrong. */
export async function throughWays({ root, release, ways, args, progress }: ThroughWaysOptions): Promise<string[]> {
  requireNginx();
  const logged = new LoggedFaults();
  const onLine = (name: string, line: string) => {
    progress.keep(name, line);
    logged.add(name, line);
  };
  const faults: string[] = [];
  await inRouterFolder(async (folder) => {
    const services = await RoutedServices.start({ root, folder, release, onLine, variables: SUITE_VARIABLES });
    try {
      for (const way of ways) {
        await services.router.route(`agents=${way}`);
        progress.say(`${PARITY_SUITE} through the router, agents=${way}`);
        const { url } = services.router;
        const target = { BASE_URL: url, COORDINATOR_URL: url, ADMIN_KEY: services.adminKey };
        if ((await judge(root, PARITY_SUITE, args, target)) !== 0)
          faults.push(`${PARITY_SUITE} fails on agents=${way}`);
        faults.push(...logged.take().map((line) => `logged while nothing was wrong: ${line}`));
      }
    } finally {
      await services.stop();
    }
  });
  return faults;
}
