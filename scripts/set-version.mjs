// npm version calls this: the version's only source is package.json, and template.yaml follows it.
import { readFileSync, writeFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const template = readFileSync('template.yaml', 'utf8');
writeFileSync('template.yaml', template.replace(/^( +SemanticVersion:).*$/m, `$1 ${version}`));
