/** Which project may depend on which, by the tags in each project.json. Options of `@nx/enforce-module-boundaries`. */
export const moduleBoundaries = {
  enforceBuildableLibDependency: true,
  // A dynamic import of a library is no lazy loading here: what counts is the direction.
  checkDynamicDependenciesExceptions: ['.*'],
  depConstraints: [
    { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
    { sourceTag: 'scope:agents', onlyDependOnLibsWithTags: ['scope:agents', 'scope:shared'] },
    { sourceTag: 'scope:coordinator', onlyDependOnLibsWithTags: ['scope:coordinator', 'scope:shared'] },
    { sourceTag: 'scope:tool', onlyDependOnLibsWithTags: ['scope:shared'] },
    { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib', 'type:domain'] },
    {
      // Entities and state rules are told what they need: no HTTP, no log, no database driver.
      sourceTag: 'type:domain',
      onlyDependOnLibsWithTags: ['type:domain', 'type:lib'],
      bannedExternalImports: ['express', 'winston', 'pg', 'sqlite3', 'jose', 'envalid'],
    },
    // It is published by itself, so it may depend on no other library of this workspace.
    { allSourceTags: ['scope:shared', 'type:domain'], onlyDependOnLibsWithTags: [] },
  ],
};
