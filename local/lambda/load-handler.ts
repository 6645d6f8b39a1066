import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: unknown) => unknown;

const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/** Named as in Lambda's managed Node.js runtime. */
class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

/**
 * Loads the function that `_HANDLER` names, e.g. `index.handler` or `folder/index.nested.handler` under the task root.
 * @throws Runtime.MalformedHandlerName, ImportModuleError, UserCodeSyntaxError or HandlerNotFound, as Lambda does
 */
export async function loadHandler(root: string, name: string): Promise<Handler> {
  const [stem, ...path] = basename(name).split('.');
  if (!stem || path.length === 0) throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  const found = path.reduce(member, await loadModule(root, join(dirname(name), stem)));
  if (!isHandler(found)) throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  return found;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

function member(value: unknown, key: string): unknown {
  const own = Object(value);
  return own[key] ?? own.default?.[key];
}

async function loadModule(root: string, stem: string): Promise<unknown> {
  const file = EXTENSIONS.map((extension) => join(root, stem + extension)).find(existsSync);
  if (!file) throw new RuntimeError('ImportModuleError', `Error: Cannot find module '${stem}'`);
  try {
    return file.endsWith('.mjs') ? await importFile(file) : await requireFile(file);
  } catch (error) {
    throw named(error);
  }
}

const importFile = (file: string): Promise<unknown> => import(pathToFileURL(file).href);

async function requireFile(file: string): Promise<unknown> {
  try {
    return createRequire(file)(file);
  } catch (error) {
    if (codeOf(error) === 'ERR_REQUIRE_ESM') return importFile(file);
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function named(error: unknown): unknown {
  if (error instanceof SyntaxError) return new RuntimeError('UserCodeSyntaxError', String(error));
  const missing = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(String(codeOf(error)));
  return missing ? new RuntimeError('ImportModuleError', String(error)) : error;
}
