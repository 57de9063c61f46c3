// Who may import whom: an allow-list. The picture stands in docs/architecture.md.
const layer = (name, may) => ({
  from: { path: `^src/${name}/` },
  to: { path: [`^src/${name}/`, ...may.map((m) => `^src/${m}/`)] },
})
/** Packages that may be used in one folder only. */
const owned = (name, packages, path) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: path },
  to: { path: packages.map((p) => `node_modules/${p}(/|$)`) },
})
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  allowedSeverity: 'error',
  allowed: [
    { from: { path: '^src/[^/]+\\.ts$' }, to: {} },
    { from: { path: '^(test|bench|scripts)/' }, to: {} },
    // the composition root and its commands know every part
    { from: { path: '^src/commands/' }, to: {} },
    { from: {}, to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg'] } },
    layer('lib', []),
    layer('i18n', ['lib']),
    layer('models', ['lib']),
    layer('cards', ['lib', 'i18n', 'models']),
    layer('flows', ['lib', 'i18n', 'models', 'cards']),
    layer('intake', ['lib', 'models', 'flows']),
    layer('delivery', ['lib', 'i18n', 'models', 'cards']),
    layer('adapters', ['lib', 'i18n', 'cards', 'intake', 'delivery']),
    layer('scheduler', ['lib', 'flows']),
    layer('web', ['lib', 'i18n', 'flows']),
    layer('sandbox', ['lib']),
  ],
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the-core-is-pure',
      comment: 'models (mongo excepted) and cards do no IO',
      severity: 'error',
      from: { path: ['^src/models/', '^src/cards/'], pathNot: '^src/models/mongo/' },
      to: { path: ['^src/models/mongo/', '^(node:)?(fs|net|http|https|child_process|dns|timers)'] },
    },
    {
      name: 'adapters-are-strangers',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    owned('mongoose-in-models-mongo', ['mongoose', 'mongodb'], '^src/models/mongo/'),
    owned('agenda-in-scheduler', ['agenda', '@agendajs'], '^src/scheduler/'),
    owned('slack-in-its-adapter', ['@slack'], '^src/adapters/slack/'),
    owned('feishu-in-its-adapter', ['@larksuiteoapi'], '^src/adapters/feishu/'),
    owned('teams-in-its-adapter', ['botbuilder', 'botframework-[a-z]+'], '^src/adapters/teams/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
