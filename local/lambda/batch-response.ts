/**
 * The message ids that a function's answer leaves to be tried again, by the rules of `ReportBatchItemFailures`
 * (Developer Guide, "Implementing partial batch responses"): null, an empty object and an empty list are a complete
 * success; an identifier that is empty or unknown, or an answer of another shape, is a complete failure.
 */
export function failedMessageIds(answer: unknown, all: readonly string[]): readonly string[] {
  const failures = failuresOf(answer);
  const known = failures?.every((id) => typeof id === 'string' && all.includes(id));
  return known ? all.filter((id) => failures?.includes(id)) : all;
}

function failuresOf(answer: unknown): unknown[] | undefined {
  if (answer === null || answer === undefined) return [];
  if (typeof answer !== 'object' || Array.isArray(answer)) return undefined;
  const list: unknown = 'batchItemFailures' in answer ? answer.batchItemFailures : null;
  if (list === null) return [];
  return Array.isArray(list) ? list.map((failure) => Object(failure).itemIdentifier) : undefined;
}
