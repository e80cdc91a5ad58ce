/** The walls of the lab extension (docs/architecture.md). */
const features = [
  'graph',
  'gutter',
  'lines',
  'concept',
  'gaps',
  'code',
  'home',
  'cells',
  'tutor',
  'trace',
  'lesson',
  'path'
];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true }
    },
    ...features.map(feature => ({
      name: `${feature}-is-a-stranger-to-other-features`,
      comment: 'Features talk through commands and state/session.',
      severity: 'error',
      from: { path: `^src/${feature}/` },
      to: { path: `^src/(${features.filter(f => f !== feature).join('|')})/` }
    })),
    {
      name: 'index-imports-only-plugins',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/', pathNot: '^src/[a-z]+/plugin\\.tsx?$' }
    },
    {
      name: 'shared-rooms-know-no-feature',
      severity: 'error',
      from: { path: '^src/(api|state|markdown|parts|pictures|tokens)' },
      to: { path: `^src/(${features.join('|')}|viz)/` }
    },
    {
      name: 'api-knows-no-state',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { path: '^src/state/' }
    },
    {
      name: 'state-draws-nothing',
      comment: 'parts/ and pictures/ stand on state/, never the other way.',
      severity: 'error',
      from: { path: '^src/(api|state|tokens)' },
      to: { path: '^src/(parts|pictures)/' }
    },
    {
      name: 'pictures-stand-alone',
      severity: 'error',
      from: { path: '^src/viz/(?!kit/)([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/viz/(kit|$1)/|^node_modules/(@types/)?d3-' }
    },
    {
      name: 'kit-imports-nobody',
      severity: 'error',
      from: { path: '^src/viz/kit/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/viz/kit/' }
    },
    {
      name: 'nobody-imports-pictures',
      comment: 'Pictures are loaded at run time, one module each.',
      severity: 'error',
      from: { pathNot: '^src/viz/' },
      to: { path: '^src/viz/' }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types']
    }
  }
};
