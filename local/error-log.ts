import { parseEmbeddedMetrics } from './metrics';

interface Said {
  level: string;
  words: string;
}

const QUIET = ['TRACE', 'DEBUG', 'INFO'];
/** What Powertools puts beside the message of every line. */
const ALWAYS = [
  ...['cold_start', 'correlation_id', 'function_arn', 'function_memory_size', 'function_name', 'function_request_id'],
  ...['level', 'message', 'requestId', 'sampling_rate', 'service', 'timestamp', 'xray_trace_id'],
];

/**
 * Of all that the functions write, only what a person should see: warnings, errors and what is no log line of ours, each
 * reason once; metrics never. That an invocation failed is left out: the function itself has said why.
 */
export function createErrorLog(print: (text: string) => void): (source: string, line: string) => void {
  const seen = new Set<string>();
  return (source, line) => {
    if (parseEmbeddedMetrics(line)) return;
    const { level, words } = read(line);
    const complaint = `  ${source} ${level}: ${words}`;
    if (QUIET.includes(level) || words.startsWith('ERROR\tInvoke Error') || seen.has(complaint)) return;
    seen.add(complaint);
    print(complaint);
  };
}

/** Lambda's JSON line has all it says in `message`; Powertools' has a text there, and the rest beside it. */
function read(line: string): Said {
  try {
    const { level = '', message, ...beside }: Record<string, unknown> = Object(JSON.parse(line));
    const facts = Object.entries(beside).filter(([name]) => !ALWAYS.includes(name));
    const told = typeof message === 'string' ? { event: message, ...Object.fromEntries(facts) } : Object(message);
    return { level: String(level), words: inWords(told) };
  } catch {
    return { level: '', words: line };
  }
}

function inWords({ event, reason, error, ...facts }: Record<string, unknown>): string {
  const why = reason ?? Object(error).message ?? (Object.keys(facts).length > 0 ? JSON.stringify(facts) : undefined);
  return why === undefined ? String(event) : `${event}: ${why}`;
}
