import { parseEmbeddedMetrics } from './metrics';

const HIDDEN_LEVELS = ['TRACE', 'DEBUG', 'INFO'];
/** Members that Powertools adds to every line. */
const POWERTOOLS_MEMBERS = [
  ...['cold_start', 'correlation_id', 'function_arn', 'function_memory_size', 'function_name', 'function_request_id'],
  ...['level', 'message', 'requestId', 'sampling_rate', 'service', 'timestamp', 'xray_trace_id'],
];

/**
 * Prints warnings, errors and unstructured lines of functions, each message once; never metrics. Lambda's own line about a failed
 * invocation is omitted, because the function has logged the reason.
 */
export function createErrorLog(print: (text: string) => void): (source: string, line: string) => void {
  const printed = new Set<string>();
  return (source, line) => {
    if (parseEmbeddedMetrics(line)) return;
    const { level, text } = parseLine(line);
    const message = `  ${source} ${level}: ${text}`;
    if (HIDDEN_LEVELS.includes(level) || text.startsWith('ERROR\tInvoke Error') || printed.has(message)) return;
    printed.add(message);
    print(message);
  };
}

/** In Lambda's JSON format `message` contains all members; in Powertools' format it is the event, with the other members next to it. */
function parseLine(line: string): { level: string; text: string } {
  try {
    const { level = '', message, ...members }: Record<string, unknown> = Object(JSON.parse(line));
    const facts = Object.entries(members).filter(([name]) => !POWERTOOLS_MEMBERS.includes(name));
    const entry = typeof message === 'string' ? { event: message, ...Object.fromEntries(facts) } : Object(message);
    return { level: String(level), text: formatEntry(entry) };
  } catch {
    return { level: '', text: line };
  }
}

function formatEntry({ event, reason, error, ...facts }: Record<string, unknown>): string {
  const details =
    reason ?? Object(error).message ?? (Object.keys(facts).length > 0 ? JSON.stringify(facts) : undefined);
  return details === undefined ? String(event) : `${event}: ${details}`;
}
