import { agentManagement, coordinator, services } from './feature-direction.mjs';

/**
 * Zones for `import-x/no-restricted-paths`: what is imported from `from` by a file in `target` is refused.
 * @typedef {{ target: string | string[], from: string | string[], except?: string[], message: string }} Zone
 */

/** Every zone: the seam between the services, and the direction of features inside each. */
export function featureZones() {
  return [...seamZones(), ...services.flatMap((service) => [...directionZones(service), ...doorZones(service)])];
}

/**
 * Nx refuses imports of applications too; this speaks of the seam, and also of files that belong to no project.
 * @returns {Zone[]}
 */
function seamZones() {
  const message = 'The services know each other only by HTTP: see the ports of @aitbc/contracts.';
  return [
    { target: agentManagement.source, from: coordinator.source, message },
    { target: coordinator.source, from: agentManagement.source, message },
  ];
}

/**
 * @param {import('./feature-direction.mjs').Service} service
 * @returns {Zone[]}
 */
function directionZones({ source, layers }) {
  const all = layers.flat();
  return all.flatMap((feature) => {
    const earlier = layers.slice(0, layerOf(feature, layers)).flat();
    return all
      .filter((other) => other !== feature)
      .map((other) => ({
        target: `${source}/app/${feature}`,
        from: `${source}/app/${other}`,
        ...(earlier.includes(other)
          ? { except: ['./index.ts'], message: `Import '${other}' through its index.ts.` }
          : { message: `'${feature}' may not import '${other}': see tools/lint/feature-direction.mjs.` }),
      }));
  });
}

function layerOf(feature, layers) {
  return layers.findIndex((layer) => layer.includes(feature));
}

/**
 * Files that belong to no feature reach features through their `index.ts` too, and no feature reaches them: what puts all
 * together is nobody's to import.
 * @param {import('./feature-direction.mjs').Service} service
 * @returns {Zone[]}
 */
function doorZones({ source, layers, root }) {
  const app = `${source}/app`;
  const features = layers.flat();
  const outside = [`${source}/*.ts`, `${app}/*.ts`, ...root.map((name) => `${app}/${name}/**`)];
  return [
    ...features.map((feature) => ({
      target: outside,
      from: `${app}/${feature}`,
      except: ['./index.ts'],
      message: `Import '${feature}' through its index.ts.`,
    })),
    {
      target: features.map((feature) => `${app}/${feature}/**/!(*.spec).ts`),
      from: root.map((name) => (name === 'core' ? `${app}/core` : `${app}/${name}.ts`)),
      message: 'What puts the features together is not theirs to import.',
    },
  ];
}
