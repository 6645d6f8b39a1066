import { type Assistant, createAssistant, type Model, type ModelRequest, type ModelResponse } from '@casebell/ai';
import { reportTo } from './assistant';
import type { Log } from './log';
import { recordingLog } from './log.fixture';
import type { Metrics } from './metrics';
import { recordingMetrics } from './metrics.fixture';

/** A model whose behavior a test sets. It answers `ready` until then. */
export interface ScriptedModel extends Model {
  asked: ModelRequest[];
  answers(text: string | ((request: ModelRequest) => string), stopReason?: string): void;
  /** @param name of an error of the Converse API */
  fails(name: string): void;
  /** Never answers. */
  hangs(): void;
}

export function scriptedModel(text = 'ready'): ScriptedModel {
  let behave: (request: ModelRequest) => Promise<ModelResponse>;
  const asked: ModelRequest[] = [];
  const model: ScriptedModel = {
    asked,
    ask(request) {
      asked.push(request);
      return behave(request);
    },
    answers(answer, stopReason = 'end_turn') {
      const textFor = (request: ModelRequest) => (typeof answer === 'string' ? answer : answer(request));
      behave = async (request) => ({ text: textFor(request), stopReason, tokens: 100 });
    },
    fails(name) {
      behave = () => Promise.reject(Object.assign(new Error('secret words'), { name }));
    },
    hangs() {
      behave = () => new Promise(() => undefined);
    },
  };
  model.answers(text);
  return model;
}

interface Deps {
  now?(): number;
  log?: Log;
  metrics?: Metrics;
  prompt?: string;
}

export const testAssistant = (
  model: Model,
  { now = () => 0, log = recordingLog(), metrics = recordingMetrics(), prompt = '' }: Deps = {},
): Assistant => createAssistant({ model, now, maxTokens: 400, prompt, onReport: reportTo(log, metrics) });
