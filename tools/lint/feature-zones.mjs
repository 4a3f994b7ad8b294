import { applications, specHelpers } from './feature-direction.mjs';

/**
 * Zones for `import-x/no-restricted-paths`: what is imported from `from` by a file in `target` is refused.
 * @typedef {{ target: string | string[], from: string | string[], except?: string[], message: string }} Zone
 * @typedef {import('./feature-direction.mjs').Application} Application
 */

/** Every zone: the seam between the applications, and the direction of features inside each. */
export function featureZones() {
  return [
    ...seamZones(),
    ...applications.flatMap((application) => [
      ...directionZones(application),
      ...compositionZones(application),
      ...doorZones(application),
    ]),
  ];
}

const sourceOf = ({ folder }) => `${folder}/src`;
const featuresOf = ({ layers, apart }) => [...layers.flat(), ...apart];

/**
 * Nx refuses imports of applications too, but not in JavaScript, which it is not asked about.
 * @returns {Zone[]}
 */
function seamZones() {
  return applications.flatMap(({ folder: target }) =>
    applications
      .filter(({ folder }) => folder !== target)
      .map(({ folder: from }) => ({
        target,
        from,
        message: `'${target}' and '${from}' know each other over HTTP only: use the clients in libs.`,
      })),
  );
}

/**
 * @param {Application} application
 * @returns {Zone[]}
 */
function directionZones(application) {
  const { layers } = application;
  const folder = `${sourceOf(application)}/app`;
  const all = featuresOf(application);
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
 * Only the composition root reaches across features, and no feature reaches the composition root.
 * @param {Application} application
 * @returns {Zone[]}
 */
function compositionZones(application) {
  const source = sourceOf(application);
  const app = `${source}/app`;
  const features = featuresOf(application);
  const { folders, files } = application.compositionRoot;
  const rootFiles = files.flatMap((file) => [file, `${file}.spec`]);
  const composers = [...folders, specHelpers];
  return [
    {
      target: `${app}/!(${composers.join('|')})/**`,
      from: [
        `${source}/main.ts`,
        ...folders.map((name) => `${app}/${name}`),
        ...files.map((name) => `${app}/${name}.ts`),
      ],
      message: 'A feature is told what it needs by the composition root, and does not know it.',
    },
    {
      target: [
        // Also of folders that the table does not name yet.
        `${app}/!(${[...features, ...composers].join('|')})/**`,
        `${app}/!(${rootFiles.join('|')}).ts`,
        `${source}/!(app)/**`,
        `${source}/!(main|main.spec).ts`,
      ],
      from: features.map((name) => `${app}/${name}`),
      message: 'Only the composition root may put features together: see tools/lint/feature-direction.mjs.',
    },
  ];
}

/**
 * Files of the application that belong to no feature reach features through their `index.ts` too.
 * @param {Application} application
 * @returns {Zone[]}
 */
function doorZones(application) {
  const source = sourceOf(application);
  const app = `${source}/app`;
  const folders = [...application.compositionRoot.folders, specHelpers];
  const target = [`${source}/*.ts`, `${app}/*.ts`, ...folders.map((name) => `${app}/${name}/**`)];
  return featuresOf(application).map((feature) => ({
    target,
    from: `${app}/${feature}`,
    except: ['./index.ts'],
    message: `Import '${feature}' through its index.ts.`,
  }));
}
