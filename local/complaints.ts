interface Said {
  level: string;
  words: string;
}

/**
 * Of all that the functions write, only what a person should see: warnings, errors and what is no log line of ours, each
 * reason once. That an invocation failed is left out: the function itself has said why.
 */
export function complaintsOf(print: (text: string) => void): (source: string, line: string) => void {
  const seen = new Set<string>();
  return (source, line) => {
    const { level, words } = read(line);
    const complaint = `  ${source} ${level}: ${words}`;
    if (level === 'INFO' || words.startsWith('ERROR\tInvoke Error') || seen.has(complaint)) return;
    seen.add(complaint);
    print(complaint);
  };
}

function read(line: string): Said {
  try {
    const { level = '', message } = JSON.parse(line) as { level?: string; message?: unknown };
    return { level, words: typeof message === 'string' ? message : inWords(Object(message)) };
  } catch {
    return { level: '', words: line };
  }
}

const inWords = ({ event, reason, ...facts }: Record<string, unknown>): string =>
  `${event}: ${reason ?? JSON.stringify(facts)}`;
