import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

// The house rule: left of the aggregate tables is the counting side, right of them the serving side.
// They meet in the database only; both may use catalog, database, config and errors.
const counting = ['events', 'engine', 'rollups', 'classify', 'releases', 'simulate'];
const serving = [
  'measures',
  'figures',
  'permalinks',
  'feeds',
  'downloads',
  'graphql',
  'access',
  'http',
  'explorer',
];
const shared = ['catalog', 'database'];
const rooms = (names) => names.map((name) => `./src/${name}`);

const zones = [
  {
    target: rooms(counting),
    from: rooms(serving),
    message: 'The counting side must not import the serving side.',
  },
  {
    target: rooms(serving),
    from: rooms(counting),
    message: 'The serving side must not import the counting side.',
  },
  {
    target: rooms(shared),
    from: rooms([...counting, ...serving]),
    message: 'Shared rooms import neither side.',
  },
];

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'src/database/generated/',
      'data/',
      'dist/',
      'coverage/',
      'examples/*/dist/',
      'examples/*/src/graphql-env.d.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only src/config.ts reads the environment.',
        },
      ],
      'no-console': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Leaving a column out by naming it is clearer than copying all the others.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    // What answers requests reaches aggregate rows through access/guarded-usage.ts, which checks and charges.
    files: ['src/downloads/**', 'src/graphql/**', 'src/http/**', 'src/explorer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/measures/usage-service.ts'],
              importNames: ['answerUsage', 'streamUsage'],
              message: 'Ask the usage of the request context, which checks scopes and takes points.',
            },
            {
              group: ['**/measures/retention/retention-service.ts'],
              importNames: ['answerRetention', 'answerRanking'],
              message: 'Ask the retention of the request context, which checks scopes and takes points.',
            },
            {
              group: ['**/measures/run-statement.ts', '**/measures/read-by-cursor.ts'],
              message: 'Statements run behind access/, which checks scopes and takes points.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/config.ts', 'test/**', 'scripts/**', 'bench/**', '*.config.*', 'bin/**'],
    rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
