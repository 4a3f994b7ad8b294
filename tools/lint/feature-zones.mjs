import { agentContext, appFolder, compositionRoot, coordinatorContext } from './feature-direction.mjs';

/**
 * Zones for `import-x/no-restricted-paths`: what is imported from `from` by a file in `target` is refused.
 * @typedef {{ target: string | string[], from: string | string[], except?: string[], message: string }} Zone
 */

/** Every zone of the application: the seam between its contexts, and the direction of features inside each. */
export function featureZones() {
  return [...seamZones(), ...directionZones(agentContext), ...directionZones(coordinatorContext), ...doorZones()];
}

/** @returns {Zone[]} */
function seamZones() {
  const app = `${appFolder}/app`;
  const folders = [...compositionRoot.folders, 'agent-context'].join('|');
  const files = compositionRoot.files.flatMap((file) => [file, `${file}.spec`]).join('|');
  return [
    {
      target: agentContext.folder,
      from: appFolder,
      except: ['./app/agent-context'],
      message: 'The agent context knows the rest of the application only by the ports of @aitbc/contracts.',
    },
    {
      target: [`${app}/!(${folders})/**`, `${app}/!(${files}).ts`, `${appFolder}/*.ts`],
      from: agentContext.folder,
      message: 'Only the composition root may import the agent context; others use the ports of @aitbc/contracts.',
    },
  ];
}

/**
 * @param {import('./feature-direction.mjs').Context} context
 * @returns {Zone[]}
 */
function directionZones({ folder, layers, apart }) {
  const all = [...layers.flat(), ...apart];
  return all.flatMap((feature) => {
    const earlier = layers.slice(0, layerOf(feature, layers)).flat();
    return all
      .filter((other) => other !== feature)
      .map((other) => ({
        target: `${folder}/${feature}`,
        from: `${folder}/${other}`,
        ...(earlier.includes(other)
          ? { except: ['./index.ts'], message: `Import '${other}' through its index.ts.` }
          : { message: `'${feature}' may not import '${other}': see tools/lint/feature-direction.mjs.` }),
      }));
  });
}

/** The layer's number; 0, which has nothing before it, for a feature that stands apart. */
function layerOf(feature, layers) {
  return Math.max(
    0,
    layers.findIndex((layer) => layer.includes(feature)),
  );
}

/**
 * Files of the application that belong to no feature reach features through their `index.ts` too.
 * @returns {Zone[]}
 */
function doorZones() {
  const app = `${appFolder}/app`;
  const target = [
    `${appFolder}/*.ts`,
    `${app}/*.ts`,
    `${agentContext.folder}/*.ts`,
    ...compositionRoot.folders.flatMap((name) => [`${app}/${name}/**`, `${agentContext.folder}/${name}/**`]),
  ];
  return [agentContext, coordinatorContext].flatMap(({ folder, layers, apart }) =>
    [...layers.flat(), ...apart].map((feature) => ({
      target,
      from: `${folder}/${feature}`,
      except: ['./index.ts'],
      message: `Import '${feature}' through its index.ts.`,
    })),
  );
}
