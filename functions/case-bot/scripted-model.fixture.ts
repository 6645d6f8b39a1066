import type { Model, ModelRequest } from '@casebell/im/bots';

/** A model that answers what a test prepares. */
export interface ScriptedModel extends Model {
  asked: ModelRequest[];
  answers(text: string | ((request: ModelRequest) => string), stop?: string): void;
  /** @param name of an error of the Converse API */
  fails(name: string): void;
}

const TOKENS = 100;

export function scriptedModel(): ScriptedModel {
  let answer: (request: ModelRequest) => { text: string; stop: string } = () => ({ text: 'ready', stop: 'end_turn' });
  const asked: ModelRequest[] = [];
  return {
    asked,
    async ask(request) {
      asked.push(request);
      return { ...answer(request), tokens: TOKENS };
    },
    answers(text, stop = 'end_turn') {
      answer = (request) => ({ text: typeof text === 'string' ? text : text(request), stop });
    },
    fails(name) {
      answer = () => {
        throw Object.assign(new Error(name), { name });
      };
    },
  };
}
