import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createClock } from '../clock';
import { compileBootstrap } from './compile-bootstrap';
import type { FunctionSettings } from './environment';
import { type LambdaFunction, openFunction } from './function';

export interface TestFunctions {
  /** The folder of the code. */
  readonly root: string;
  /** Output lines of the functions. */
  readonly lines: string[];
  /** Deploys a function with this code; by default in `index.js` with handler `index.handler`. */
  deploy(code: string, settings?: Partial<FunctionSettings>, file?: string): Promise<LambdaFunction>;
  close(): Promise<void>;
}

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:greeter';

/** Functions whose code is part of a test, in a temporary folder. */
export async function openTestFunctions(): Promise<TestFunctions> {
  const bootstrap = await compileBootstrap();
  const root = await mkdtemp(join(tmpdir(), 'casebell-code-'));
  const lines: string[] = [];
  const open: LambdaFunction[] = [];
  const log = (_name: string, line: string): number => lines.push(line);
  const place = { name: 'greeter', region: 'us-east-1', arn: ARN, root, opt: '/nowhere' };
  const limits = { timeout: 3, memory: 256, concurrency: 5 };

  return {
    root,
    lines,
    async deploy(code, settings, file = 'index.js') {
      await writeFile(join(root, file), code);
      const defaults = {
        ...place,
        ...limits,
        handler: 'index.handler',
        variables: {},
        logFormat: 'Text',
        clock: createClock(),
        bootstrap,
        log,
      };
      const one = openFunction({ ...defaults, ...settings });
      open.push(one);
      return one;
    },
    async close() {
      await Promise.all(open.map((one) => one.close()));
      await Promise.all([root, dirname(bootstrap)].map((folder) => rm(folder, { recursive: true })));
    },
  };
}
