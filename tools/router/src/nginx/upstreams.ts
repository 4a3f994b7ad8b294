import type { RouterDescription } from '../description';

/**
 * A dead server refuses at once, so that trying it costs nothing; one that takes no connections is left alone for a while, which is
 * short: it is back within seconds.
 */
const FAIL_TIMEOUT = 'max_fails=5 fail_timeout=2s';

/**
 * One group of servers for each way. The service and the release back each other up, so that a read finds an answer while
 * one of them is dead. All workers of nginx know what one of them has found out (`zone`).
 */
export function upstreams({ coordinator, agentManagement, shadow, releases }: RouterDescription): string {
  const [first] = releases;
  const backup = (address: string | undefined) => (address === undefined ? [] : [`server ${address} backup;`]);
  return [
    upstream('coordinator', [`server ${coordinator};`]),
    upstream('proxy', [`server ${coordinator} ${FAIL_TIMEOUT};`, ...backup(agentManagement)]),
    upstream('service', [`server ${agentManagement} ${FAIL_TIMEOUT};`, ...backup(first?.address)]),
    ...(first ? [upstream('service_alone', [`server ${agentManagement} ${FAIL_TIMEOUT};`])] : []),
    ...releases.map(({ name, address }) =>
      upstream(name, [`server ${address} ${FAIL_TIMEOUT};`, ...backup(agentManagement)]),
    ),
    upstream('shadow', [`server ${shadow};`]),
  ].join('\n');
}

function upstream(name: string, servers: readonly string[]): string {
  return `upstream aitbc_${name} {
  zone aitbc_${name} 64k;
${servers.map((server) => `  ${server}`).join('\n')}
  keepalive 64;
}`;
}
