/** Who may import what: the table of ARCHITECTURE.md as rules. */
const PARTS = 'machine-qa|lims|research|dicom|quality'
const SHARED = 'access|audit|files|jobs|calculations|records|equipment'

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-is-alone',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/', pathNot: '^src/core/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^src/|^node:(fs|net|http|https|child_process|worker_threads)',
        pathNot: ['^src/core/', '^src/modules/$1/domain/'],
      },
    },
    {
      name: 'stores-know-no-verbs',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/store/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/core/',
          '^src/context\\.ts$',
          '^src/platform/database/',
          '^src/modules/$1/(store|domain)/',
        ],
      },
    },
    {
      name: 'modules-meet-in-app-only',
      severity: 'error',
      from: { path: `^src/modules/(${PARTS})/`, pathNot: '\\.test\\.ts$|/testing' },
      to: { path: `^src/modules/(${PARTS})/`, pathNot: '^src/modules/$1/' },
    },
    {
      name: 'shared-modules-know-no-parts',
      severity: 'error',
      from: { path: `^src/modules/(${SHARED})/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^src/modules/(${PARTS}|reports)/` },
    },
    {
      name: 'modules-know-no-http',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/(platform/http|dialects|cli|app)' },
    },
    {
      name: 'stores-stay-inside',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: '\\.test\\.ts$|/testing\\.ts$' },
      to: { path: '^src/modules/([^/]+)/store/', pathNot: '^src/modules/$1/store/' },
    },
    {
      name: 'dialects-know-no-sql',
      severity: 'error',
      from: { path: '^src/dialects/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^src/modules/[^/]+/store/', 'node_modules/(kysely|pg)/'] },
    },
    {
      name: 'dialects-are-strangers',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/' },
      to: { path: '^src/dialects/', pathNot: '^src/dialects/$1/' },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(modules|dialects|cli|app)' },
    },
    {
      name: 'web-is-apart',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/dialects/native/.+\\.schema\\.ts$' },
    },
    {
      name: 'pages-are-strangers',
      severity: 'error',
      from: { path: '^web/src/pages/([^/]+)/' },
      to: { path: '^web/src/pages/', pathNot: '^web/src/pages/$1/' },
    },
    // the client of declared records knows no part of the product; what a part has of its own stands in a folder
    {
      name: 'ui-knows-no-domain',
      severity: 'error',
      from: { path: '^web/src/ui/' },
      to: { path: '^web/src/(pages|app)/|^web/src/api/[^/]+/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  },
}
