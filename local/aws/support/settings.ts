/** Limits and delays of Support, which a test can change. */
export interface SupportSettings {
  /** Delay until what was written is visible to Describe operations and uploads are ready. */
  lagMs: number;
  /** Of one account, all operations together; Infinity for no limit. */
  callsPerSecond: number;
  /** Cases that an account may open within an hour. */
  casesPerHour: number;
  /** Attachment sets that an account may begin within an hour; AWS publishes neither number nor interval. */
  setsPerHour: number;
  /** DescribeAttachment, likewise. */
  attachmentsPerHour: number;
  /** Number of the next events that get lost. */
  lostEvents: number;
  /** Whether an event says `muen` in the case id where the API has another language: public code has met this. */
  foreignIds: boolean;
  /** Whether complete uploads turn out `failed`. */
  uploadsFail: boolean;
}

/** The quotas of the General Reference as of 2022; newer pages have none. */
export const DEFAULT_SETTINGS: SupportSettings = {
  lagMs: 0,
  callsPerSecond: 5,
  casesPerHour: 10,
  setsPerHour: Number.POSITIVE_INFINITY,
  attachmentsPerHour: Number.POSITIVE_INFINITY,
  lostEvents: 0,
  foreignIds: false,
  uploadsFail: false,
};
