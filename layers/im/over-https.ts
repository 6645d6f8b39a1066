import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';

/** No keep-alive: a socket that slept while Lambda was frozen is dead, and a lost answer looks like a lost message. */
const ONE_BY_ONE = { http: new http.Agent({ keepAlive: false }), https: new https.Agent({ keepAlive: false }) };

/**
 * How axios sends here: straight through node:https, which the AWS SDK has loaded anyway. axios's own fetch adapter makes Node
 * load all of fetch, its Node adapter brings a form encoder: each costs a cold start over 20 ms.
 * Redirects are not followed: a webhook that moves is not the one that was configured.
 */
export async function overHttps(config: InternalAxiosRequestConfig): Promise<AxiosResponse> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), config.timeout);
  try {
    const answer = await send(new URL(config.url ?? ''), config, patience.signal);
    return { ...answer, config, request: undefined };
  } finally {
    clearTimeout(timer);
  }
}

function send(
  url: URL,
  config: InternalAxiosRequestConfig,
  signal: AbortSignal,
): Promise<Omit<AxiosResponse, 'config' | 'request'>> {
  const isPlain = url.protocol === 'http:';
  const options = {
    method: config.method?.toUpperCase(),
    headers: { ...config.headers },
    agent: ONE_BY_ONE[isPlain ? 'http' : 'https'],
    signal,
  };
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const request = (isPlain ? http : https).request(url, options, (response) => {
      isAnswered = true;
      read(response, Math.max(LONGEST_ANSWER, config.maxContentLength ?? 0)).then(resolve, reject);
    });
    request.on('error', reject);
    // A switch of protocols, or whatever else ends without an answer. Once there is one, only its reading counts: the
    // connection may close while the last of it waits to be read, and that is no failure.
    request.on('close', () => isAnswered || reject(SILENT));
    request.end(config.data);
  });
}

const SILENT = Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' });

/** Verdicts are a few hundred bytes; an answer that does not end must not fill the memory. */
const LONGEST_ANSWER = 64 * 1024;

async function read(response: IncomingMessage, longest: number) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > longest) break;
    chunks.push(chunk);
  }
  const data = Buffer.concat(chunks).toString('utf8');
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = response;
  return { status, statusText, headers: headers as Record<string, string>, data };
}
