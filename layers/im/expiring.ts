/** What may be used for so many seconds. */
export interface Loan<T> {
  value: T;
  seconds: number;
}

/** In seconds: renewed so long before its end, as the platforms advise, so that it does not end on the way. */
const MARGIN = 300;

/** Something that is fetched when it is first wanted, and again shortly before it ends; never twice at a time. A failure is not kept. */
export function expiring<T>(fetch: () => Promise<Loan<T>>, now: () => number): () => Promise<T> {
  let loan: Promise<Loan<T>> | undefined;
  let ends = Number.POSITIVE_INFINITY;
  return async () => {
    if (now() >= ends) loan = undefined;
    if (!loan) {
      ends = Number.POSITIVE_INFINITY;
      loan = fetch();
      loan.then(
        ({ seconds }) => {
          ends = now() + Math.max(0, seconds - MARGIN) * 1000;
        },
        () => {
          loan = undefined;
        },
      );
    }
    return (await loan).value;
  };
}
