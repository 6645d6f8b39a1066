#!/usr/bin/env node
// Publishes this version to the Serverless Application Repository; without --publish it runs everything that needs no account.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const USAGE = `npm run release -- [--region REGION]
npm run release -- --publish --bucket BUCKET [--region REGION]

Without --publish: says what would be done, builds, validates and runs the gates, and publishes nothing.
With it: uploads to the bucket, which is in the same Region and which serverlessrepo.amazonaws.com may read, and publishes.
AWS credentials are taken from the environment; those of an account in China go with --region cn-north-1 or cn-northwest-1.`;

const options = {
  publish: { type: 'boolean', default: false },
  bucket: { type: 'string' },
  region: { type: 'string', default: 'us-east-1' },
  help: { type: 'boolean', default: false },
};

const PACKAGED = 'packaged.yaml';

const INSTALL =
  'The SAM CLI is not there: install it (pipx install aws-sam-cli, or brew install aws-sam-cli), then try again.';

const said = (command, ...args) => spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim() ?? '';

const versions = () => ({
  version: JSON.parse(readFileSync('package.json', 'utf8')).version,
  semantic: /^ +SemanticVersion: *(\S+)/m.exec(readFileSync('template.yaml', 'utf8'))?.[1],
});

/** The commit of a tag, or '' where there is no such tag. */
const commitOf = (tag) => said('git', 'rev-parse', '--quiet', '--verify', `${tag}^{commit}`);

/** Each reason against publishing, with what to do about it. */
function obstacles({ publish, bucket }) {
  const { version, semantic } = versions();
  const tagged = commitOf(`refs/tags/v${version}`);
  const reasons = [
    [
      said('git', 'status', '--porcelain'),
      'The git tree is dirty: commit or stash, so that what is published can be found again.',
    ],
    [
      tagged && tagged !== commitOf('HEAD'),
      `v${version} is already tagged at another commit: raise the version (npm version minor).`,
    ],
    [semantic !== version, `template.yaml says ${semantic}, package.json ${version}: set it with npm version.`],
    [publish && !bucket, 'No bucket to upload to: say --bucket BUCKET.'],
  ];
  return reasons.filter(([applies]) => applies).map(([, words]) => words);
}

const CONSOLES = { aws: 'aws.amazon.com', 'aws-cn': 'amazonaws.cn', 'aws-us-gov': 'amazonaws-us-gov.com' };

/** The console URL that deploys the published application; undefined where the output does not name it. */
function oneClick(output) {
  const found = /arn:([\w-]+):serverlessrepo:([\w-]+):\d+:applications[~/]([\w-]+)/.exec(output);
  if (!found) return undefined;
  const [arn, partition, region] = found;
  const home = `https://console.${CONSOLES[partition] ?? CONSOLES.aws}/lambda/home?region=${region}`;
  return `${home}#/create/app?applicationId=${arn.replace('~', '/')}`;
}

function run(command, ...args) {
  console.log(`$ ${[command, ...args].join(' ')}`);
  if (spawnSync(command, args, { stdio: 'inherit' }).status !== 0) throw new Error(`${command} ${args[0]} has failed.`);
}

const packageCommand = ({ bucket = 'BUCKET', region }) =>
  `sam package --template-file template.yaml --s3-bucket ${bucket} --s3-prefix casebell --output-template-file ${PACKAGED} --no-progressbar --region ${region}`;

const publishCommand = ({ region }) => `sam publish --template ${PACKAGED} --fail-on-same-version --region ${region}`;

function prepare({ region }) {
  if (said('sam', '--version') === '') throw new Error(INSTALL);
  run('npm', 'run', '--silent', 'build');
  run('sam', 'validate', '--lint', '--template-file', 'template.yaml', '--region', region);
  run('npx', 'jest', 'tests/gates/sar');
}

function publish([toPackage, toPublish], { region }) {
  run(...toPackage.split(' '));
  console.log(`$ ${toPublish}`);
  const [command, ...args] = toPublish.split(' ');
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', stdio: ['inherit', 'pipe', 'inherit'] });
  console.log(stdout);
  if (status !== 0) throw new Error('sam publish has failed.');
  console.log(`Published ${versions().version} in ${region}; one click deploys it: ${oneClick(stdout)}`);
}

function main() {
  const { values } = parseArgs({ options });
  if (values.help) return console.log(USAGE);
  const reasons = obstacles(values);
  if (values.publish && reasons.length > 0) throw new Error(reasons.join('\n'));
  prepare(values);
  const commands = [packageCommand(values), publishCommand(values)];
  if (values.publish) return publish(commands, values);
  console.log(
    ['\nNothing has been published. With --publish --bucket BUCKET this would follow:', ...commands].join('\n  $ '),
  );
  if (reasons.length > 0) throw new Error(['It would be refused:', ...reasons].join('\n  '));
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
