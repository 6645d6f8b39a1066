import { type Assistant, createAssistant, type Model, type ModelRequest } from '@casebell/ai';
import { reportTo } from './assistant';
import type { Log } from './log';
import { recordingLog } from './log.fixture';
import type { Metrics } from './metrics';
import { recordingMetrics } from './metrics.fixture';

/** A model that answers what a test has set, and keeps what it was asked. */
export interface ScriptedModel extends Model {
  readonly requests: ModelRequest[];
  /** An error with this name makes it fail; undefined makes it hang. */
  answer: string | Error | undefined;
}

export function scriptedModel(answer?: ScriptedModel['answer']): ScriptedModel {
  const model: ScriptedModel = {
    requests: [],
    answer,
    async ask(request) {
      model.requests.push(request);
      if (model.answer instanceof Error) throw model.answer;
      if (model.answer === undefined) return new Promise(() => undefined);
      return { text: model.answer, stopReason: 'end_turn', tokens: 100 };
    },
  };
  return model;
}

export const errorNamed = (name: string): Error => Object.assign(new Error('secret words'), { name });

interface Deps {
  now?(): number;
  log?: Log;
  metrics?: Metrics;
  prompt?: string;
}

export const testAssistant = (
  model: Model,
  { now = () => 0, log = recordingLog(), metrics = recordingMetrics(), prompt = '' }: Deps = {},
): Assistant => createAssistant({ model, now, maxTokens: 200, prompt, onReport: reportTo(log, metrics) });
