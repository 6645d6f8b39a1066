/** Limits and delays of Support, which a test can change. */
export interface SupportSettings {
  /** Delay until what was written is visible to Describe operations and uploads are ready. */
  lagMs: number;
  /** Of one account, all operations together; Infinity for no limit. */
  callsPerSecond: number;
  /** Cases that an account may open within an hour. */
  casesPerHour: number;
  /** Number of the next events that get lost. */
  lostEvents: number;
}

/** The quotas of the General Reference as of 2022; newer pages have none. */
export const DEFAULT_SETTINGS: SupportSettings = {
  lagMs: 0,
  callsPerSecond: 5,
  casesPerHour: 10,
  lostEvents: 0,
};
