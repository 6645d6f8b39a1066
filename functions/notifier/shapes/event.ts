import { complete, field, isLoose, jsonOf, type Loose, type Shape, textOf } from './shape';

/**
 * EventBridge's envelope, and the PutEvents entry it was made from (`DetailType`, `Detail` as a JSON string):
 * what AWS's own "try it" pages tell people to send.
 */
export const event: Shape = {
  fits: (found) =>
    field(found, 'detail-type') !== undefined || (isText(found, 'source') && field(found, 'detail') !== undefined),
  read: (found, hints) => ({
    events: [
      complete(
        {
          id: textOf(found, 'id'),
          source: textOf(found, 'source'),
          'detail-type': textOf(found, 'detail-type'),
          account: textOf(found, 'account'),
          region: textOf(found, 'region'),
          time: textOf(found, 'time'),
          resources: listOf(field(found, 'resources')),
          detail: detailOf(field(found, 'detail')),
        },
        hints,
      ),
    ],
  }),
};

const isText = (found: Loose, name: string): boolean => typeof field(found, name) === 'string';

function listOf(value: unknown): string[] {
  if (typeof value === 'string') return value ? [value] : [];
  if (!Array.isArray(value)) return [];
  return value.map((entry) => (typeof entry === 'string' ? entry : jsonOf(entry)));
}

/** A detail that is JSON text is read; whatever else it is, a formatter gets it as it came. */
function detailOf(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isLoose(parsed) ? parsed : { message: value };
  } catch {
    return { message: value };
  }
}
