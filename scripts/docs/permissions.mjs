#!/usr/bin/env node
// Writes docs/permissions.md from the templates; with --print it goes to the screen instead.
import { readdirSync, writeFileSync } from 'node:fs';
import { callerSections } from './callers.mjs';
import { roleSection } from './roles.mjs';
import { readTemplate, resourcesOf } from './template.mjs';

const PAGE = 'docs/permissions.md';

const INTRODUCTION = `# Permissions

What each role of Casebell may do and why, and who may reach it: written from the templates by \`npm run docs\`, never by hand.
Names such as \`OutboxTable\` are resources or parameters of the template. No function has a permission that is not on this page: the
roles are the template's own, and the Serverless Application Model adds nothing to them. CI compares them with what it translates.

本页由 \`npm run docs\` 根据模板生成：每个函数的角色能做什么、为什么，以及谁能访问它。表中没有的权限，函数都没有。`;

function chapter(file) {
  const resources = resourcesOf(readTemplate(file));
  const roles = resources.filter(([, type]) => type === 'AWS::IAM::Role').map((role) => roleSection(role, resources));
  return [`## ${file}`, ...roles, ...callerSections(resources)].join('\n\n');
}

const organization = readdirSync('organization').filter((name) => name.endsWith('.yaml'));
const files = ['template.yaml', ...organization.sort().map((name) => `organization/${name}`)];
const page = `${[INTRODUCTION, ...files.map(chapter)].join('\n\n')}\n`;
if (process.argv.includes('--print')) process.stdout.write(page);
else writeFileSync(PAGE, page);
