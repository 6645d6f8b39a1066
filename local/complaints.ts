/** Of all that the functions write, only what a person should see: warnings, errors, and what is no log line of ours. */
export function complaintsOf(print: (text: string) => void): (source: string, line: string) => void {
  return (source, line) => {
    const { level, message } = read(line);
    if (level !== 'INFO') print(`  ${source} ${level}: ${message}`);
  };
}

function read(line: string): { level: string; message: string } {
  try {
    const { level = '', message } = JSON.parse(line) as { level?: string; message?: unknown };
    return { level, message: typeof message === 'string' ? message : JSON.stringify(message) };
  } catch {
    return { level: '', message: line };
  }
}
