/** Import rules. Each rule says why; tests belong to the folder they are in. */
const TEST = '\\.(test|fixture|contract)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'layers-by-their-entries',
      comment:
        'Use @casebell/im/webhooks, @casebell/im/bots or @casebell/ai; other files of a layer may change at any time.',
      severity: 'error',
      from: { path: '^(functions|plugins|local|tests)/' },
      to: { path: '^layers/', pathNot: '^layers/(im/(webhooks|bots)|ai/index)\\.ts$' },
    },
    {
      name: 'notifier-loads-webhooks-only',
      comment: 'The bots of @casebell/im would cost every cold start of the notifier.',
      severity: 'error',
      from: { path: '^functions/notifier/', pathNot: TEST },
      to: { path: '^layers/im/bots\\.ts$' },
    },
    {
      name: 'functions-are-separate',
      comment: 'What two functions need belongs in functions/shared, which imports neither.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/', pathNot: '^functions/($1|shared)/' },
    },
    {
      name: 'plugins-stand-alone',
      comment: 'A plugin must run from a lone file: only its own folder and the files in plugins/ are built into it.',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/', pathNot: TEST },
      to: { pathNot: ['^plugins/$1/', '^plugins/[^/]+\\.ts$'] },
    },
    {
      name: 'functions-know-no-plugin',
      comment: 'Functions know the plugin contract, never a plugin.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^plugins/', pathNot: '^plugins/formatter\\.ts$' },
    },
    {
      name: 'platforms-are-separate',
      comment: 'A platform never imports from another platform.',
      severity: 'error',
      from: { path: '^layers/im/([^/]+)/' },
      to: { path: '^layers/im/[^/]+/', pathNot: '^layers/im/$1/' },
    },
    {
      name: 'chat-layer-is-small',
      comment: 'Every cold start loads the layer: node: built-ins and axios only.',
      severity: 'error',
      from: { path: '^layers/im/', pathNot: TEST },
      to: {
        pathNot: ['^layers/im/', '^node_modules/axios/', '^node:', '^(crypto|http|https|stream|url|util)(/promises)?$'],
      },
    },
    {
      name: 'ai-layer-is-separate',
      comment:
        'Everything about the language model is loaded only where it is enabled: node: built-ins, the AWS SDK and plain text functions.',
      severity: 'error',
      from: { path: '^layers/ai/', pathNot: TEST },
      to: { pathNot: ['^layers/ai/', '^layers/im/text\\.ts$', '^node:', '^node_modules/@aws-sdk/', '^crypto$'] },
    },
    {
      name: 'ai-layer-is-lazy',
      comment:
        'A cold start without a model must not load its layer: types only, and one require in functions/shared/assistant.ts.',
      severity: 'error',
      from: { path: '^(functions|plugins|layers/im)/', pathNot: [TEST, '^functions/shared/assistant\\.ts$'] },
      to: { path: '^layers/ai/', dependencyTypes: ['require'] },
    },
    {
      name: 'aws-sdk-in-adapters',
      comment: 'Only adapters call AWS, so that a flow can be read and tested without it.',
      severity: 'error',
      from: {
        path: '^(functions|plugins|layers)/',
        pathNot: ['^functions/[^/]+/(aws|store|outbox)/', '^functions/shared/', '^layers/ai/', TEST],
      },
      to: { path: '^node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'shared-loads-no-chat-layer',
      comment: 'Each function loads one entry of @casebell/im; shared code loads none, types only.',
      severity: 'error',
      from: { path: '^functions/shared/', pathNot: TEST },
      to: { path: '^layers/im/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-needs-local',
      comment: 'local/ is never deployed, so nothing that is deployed may need it.',
      severity: 'error',
      from: { path: '^(functions|layers|plugins)/', pathNot: TEST },
      to: { path: '^(local|tests)/' },
    },
    {
      name: 'no-circles',
      comment: 'Two files that import each other are one file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    includeOnly: '^(functions|layers|plugins|local|tests|node_modules)/|^(node:)?[a-z_]+$',
    doNotFollow: { path: '^(node_modules|dist)' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    enhancedResolveOptions: {
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
