import { join } from 'node:path';
import type { FunctionSettings } from './function-settings';

/** A path under `/opt`, alone or in a `:`-separated list, moved to where the layers really lie. */
export function relocate(value: string, opt: string): string {
  const moved = (part: string): string => (/^\/opt(\/|$)/.test(part) ? opt + part.slice('/opt'.length) : part);
  return value.split(':').map(moved).join(':');
}

/**
 * Every environment variable that a function sees: those that Lambda sets (Developer Guide, "Defined runtime environment
 * variables") and its own. Nothing of this process is handed on but PATH.
 */
export function environmentVariables(settings: FunctionSettings, runtimeApi: string): Record<string, string> {
  const own = Object.entries(settings.variables).map(([name, value]) => [name, relocate(value, settings.opt)]);
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    NODE_PATH: join(settings.opt, 'nodejs/node_modules'),
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memory),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    ...Object.fromEntries(own),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: settings.root,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: settings.handler,
  };
}
