/** Why a pattern is refused, as one sentence; where EventBridge would answer InvalidEventPatternException. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}
