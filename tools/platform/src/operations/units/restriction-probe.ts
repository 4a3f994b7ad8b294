/**
 * A program that runs in a service's place, and prints what it found: `node -e RESTRICTION_PROBE -- OWN FOLDER…` tries to
 * write to its own folder and to the others, and what else a unit forbids.
 */
export const RESTRICTION_PROBE = `
  const { chownSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
  const { networkInterfaces, setPriority } = require('node:os');
  const { spawnSync } = require('node:child_process');
  const attempt = (work) => { try { work(); return 'done'; } catch (error) { return error.info?.code ?? error.code; } };
  const write = (folder) => attempt(() => { writeFileSync(folder + '/probe', ''); rmSync(folder + '/probe'); });
  const status = Object.fromEntries(readFileSync('/proc/self/status', 'utf8').split('\\n').map((line) => line.split(':\\t')));
  const [own, ...folders] = process.argv.slice(1);
  console.log(JSON.stringify({
    user: process.getuid(),
    capabilities: [status.CapEff, status.CapBnd],
    seccomp: status.Seccomp,
    own: write(own),
    readOnly: folders.map(write),
    home: readdirSync('/home'),
    temporary: [readdirSync('/tmp'), write('/tmp')],
    disks: readdirSync('/dev').filter((name) => /^(vd|sd|nvme|mem|kmsg)/.test(name)),
    owner: attempt(() => chownSync(own, process.getuid(), process.getgid())),
    priority: attempt(() => setPriority(0, -1)),
    netlink: attempt(networkInterfaces),
    namespace: spawnSync('unshare', ['--user', 'true']).status,
  }));
`;
