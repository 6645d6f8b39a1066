/**
 * Keeps what was read for some time, in ms. One who asks for it fresh, or too late, has it read again; when that fails, what was
 * read before still holds, if anything was.
 */
export function cached<Value>(read: () => Promise<Value>, ms: number, now: () => number) {
  let kept: { value: Promise<Value>; until: number } | undefined;
  return (fresh = false): Promise<Value> => {
    if (kept && !fresh && now() < kept.until) return kept.value;
    const before = kept?.value;
    const value = read().catch((error) => {
      if (before) return before;
      kept = undefined;
      throw error;
    });
    kept = { value, until: now() + ms };
    return value;
  };
}
