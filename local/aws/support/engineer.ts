import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Input, optionalRecords, parseRecord, requiredText } from '../input';
import { readBody } from '../listener';
import { type Case, type File, fileIn, type Status } from './case';
import type { Cases } from './cases';

/** A case as AWS's engineers see it, without lag. */
export interface EngineerCase {
  readonly account: string;
  readonly caseId: string;
  readonly displayId: string;
  readonly subject: string;
  readonly severityCode: string;
  readonly status: Status;
  readonly communications: readonly { submittedBy: string; body: string; fileNames: readonly string[] }[];
}

/** The actions of AWS's support engineer. A case is found by its id or its display id; an unknown case throws. */
export interface Engineer {
  /** Newest first. */
  cases(): EngineerCase[];
  /** Writes to the customer. */
  answer(id: string, body: string, files?: readonly File[]): void;
  /** Waits for the customer; there is no event for this. */
  pend(id: string): void;
  resolve(id: string): void;
  reopen(id: string): void;
}

/** Of every communication by AWS (Communication). */
const SIGNATURE = 'Amazon Web Services';

export function createEngineer(cases: Cases): Engineer {
  function find(id: string): Case {
    const found = cases.all().find(({ caseId, displayId }) => id === caseId || id === displayId);
    if (!found) throw new Error(`There is no case ${id}.`);
    return found;
  }

  function toEngineerCase(supportCase: Case): EngineerCase {
    const { account, caseId, displayId, subject, severityCode } = supportCase;
    const communications = supportCase.communications.map(({ submittedBy, body, attachments }) => {
      return { submittedBy, body, fileNames: attachments.map(({ fileName }) => fileName) };
    });
    return { account, caseId, displayId, subject, severityCode, status: cases.statusOf(supportCase), communications };
  }

  return {
    cases: () => cases.all().map(toEngineerCase).reverse(),
    answer: (id, body, files) => cases.addCommunication(find(id), 'AWS', { body, submittedBy: SIGNATURE, files }),
    pend: (id) => cases.pend(find(id)),
    resolve: (id) => cases.resolve(find(id)),
    reopen: (id) => cases.reopen(find(id)),
  };
}

const MAX_BYTES = 32 * 2 ** 20;

const ACTIONS: Readonly<Record<string, (engineer: Engineer, id: string, input: Input) => void>> = {
  answer: (engineer, id, input) =>
    engineer.answer(id, requiredText(input, 'body'), (optionalRecords(input, 'attachments') ?? []).map(fileIn)),
  pend: (engineer, id) => engineer.pend(id),
  resolve: (engineer, id) => engineer.resolve(id),
  reopen: (engineer, id) => engineer.reopen(id),
};

const CASES_PATH = '/support/cases';
const ACTION_PATH = new RegExp(`^${CASES_PATH}/([\\w-]+)/(\\w+)$`);

/**
 * The engineer over HTTP. `GET /support/cases` lists the cases. `POST /support/cases/<id>/answer` takes
 * `{"body": …, "attachments": [{"fileName": …, "data": <base64>}]}`; `/pend`, `/resolve` and `/reopen` take `{}`; all respond with
 * 204. The content type must be JSON, so that another web page cannot send the request from a browser.
 * @returns a handler that returns whether the request was for it
 */
export function createEngineerEndpoint(engineer: Engineer) {
  async function execute(request: IncomingMessage, id: string, name: string): Promise<void> {
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    const isJson = request.headers['content-type']?.startsWith('application/json');
    const input = isJson ? parseRecord((await readBody(request, MAX_BYTES)) ?? '') : undefined;
    if (!action || !input) throw new Error('The request is not a known action in JSON.');
    action(engineer, id, input);
  }

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method, url = '' } = request;
    const [, id, name] = ACTION_PATH.exec(url) ?? [];
    if (method === 'GET' && url === CASES_PATH) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(engineer.cases()));
      return true;
    }
    if (method !== 'POST' || !id || !name) return false;
    execute(request, id, name).then(
      () => response.writeHead(204).end(),
      (error: Error) => response.writeHead(400).end(error.message),
    );
    return true;
  };
}
