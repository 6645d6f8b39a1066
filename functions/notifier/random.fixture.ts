/** The same numbers from 0 to 1 every time: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of them. */
export function pick<Value>(random: () => number, values: readonly [Value, ...Value[]]): Value {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

/** Texts that may break a card or a chat. */
export const HOSTILE: readonly [string, ...string[]] = [
  '<!channel> <@U012345> <at id=all></at> <@all> @所有人',
  '"quoted" \'single\' \\ C:\\new\\table \\n \\u0041',
  '| a | b |\n| --- | --- |\n```json\n{"a": [1]}\n```',
  '# heading\n> quote\n- item\n1. one\n===\n---',
  '*bold* **bold** _it_ ~s~ `code` ***x*** &lt;b&gt; R&D',
  '[x](javascript:alert(1)) ![y](http://z.example/i.png)',
  'a\u0000b\u0007c\u001b[31md\u2028e\u202ef \ud83d torn \udd34',
  '👨‍👩‍👧‍👦 e\u0301 👍🏽 ☁️ :fire:',
  '<<<<<<<<<<<<<<<<<<<<"""""""""""""""""""\\\\\\\\\\\\\\\\\\',
  '实例运行所在的硬件已降级，请尽快停止并重新启动。'.repeat(40),
];
