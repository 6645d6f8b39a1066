/** Of all that the functions write, only what a person should see: warnings, errors and what is no log line of ours. */
export function complaintsOf(print: (text: string) => void): (source: string, line: string) => void {
  const usual = /event: '(event\.delivered|event\.silenced|nothing\.to-say)'/;
  return (source, line) => {
    if (!usual.test(line)) print(`  ${source}: ${line}`);
  };
}
