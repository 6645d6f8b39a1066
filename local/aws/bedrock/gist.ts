/** Whether what is asked for is the gist of a letter. */
export const wantsGist = (system: string): boolean => /不超过两行|in two lines at most/.test(system);

const THING = /\b(?:i|vol|eni|subnet|vpc|sg|db)-[\w-]*\d[\w-]*|\b[a-z]{2}(?:-[a-z]+)+-\d\b/g;
const DATE =
  /\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}/g;

/** A gist by a model that cannot think: what a letter names, and when. */
export function gist(data: string, chinese: boolean): string {
  const named = [...new Set([...(data.match(THING) ?? []), ...(data.match(DATE) ?? [])])];
  if (chinese)
    return `AWS 支持工程师已回复并给出了分析${named.length ? `，提到了 ${named.join('、')}` : ''}。\n详细说明和需要我方配合的内容见下方原文。`;
  return `The engineer of AWS has answered with an analysis${named.length ? ` that names ${named.join(', ')}` : ''}.\nThe details and what is asked of us are in the original below.`;
}
