import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import tseslint from 'typescript-eslint';

// The plugin's warnings are errors here: a gate that only warns is read by nobody.
const jupyterRules = Object.fromEntries(
  Object.keys(jupyter.configs.recommended[0].rules).map(rule => [rule, 'error'])
);

export default tseslint.config(
  {
    ignores: [
      'lib/',
      '.build/',
      '.venv/',
      'workspace/',
      'bench/out/',
      'nanochat_learn/',
      'node_modules/',
      '**/*.gen.ts',
      '**/*.cjs'
    ]
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_' }
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }]
    }
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['src/viz/**', '**/*.spec.ts', '**/*.spec.tsx'],
    plugins: { jupyter },
    rules: {
      ...jupyterRules,
      // Plugins are thin wiring and import their parts; what is heavy is imported where it is
      // first used, and `make bench` weighs the first chunk.
      'jupyter/prefer-lazy-imports': 'off'
    }
  },
  {
    // Every number a picture or panel shows comes from a computation one can repeat.
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Show computed values only.'
        }
      ]
    }
  },
  {
    // The token of an interface carries the interface's name, as everywhere in JupyterLab.
    files: ['src/tokens.ts'],
    rules: { '@typescript-eslint/no-redeclare': 'off' }
  },
  {
    files: ['tools/**', 'bench/**', 'tests/**', '*.mjs', 'src/style/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        globalThis: 'readonly',
        setTimeout: 'readonly',
        performance: 'readonly',
        window: 'readonly',
        document: 'readonly',
        Event: 'readonly'
      }
    }
  }
);
