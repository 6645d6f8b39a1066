// npm version calls it: the version has one source, package.json, and template.yaml says the same.
import { readFileSync, writeFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const template = readFileSync('template.yaml', 'utf8');
writeFileSync('template.yaml', template.replace(/^( +SemanticVersion:).*$/m, `$1 ${version}`));
