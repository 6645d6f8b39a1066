/** How strict and how slow Support is; a test turns these. */
export interface SupportSettings {
  /** Milliseconds until what was written is seen by whoever describes it. */
  lagMs: number;
  /** Of one account, all operations together; Infinity for no limit. */
  callsPerSecond: number;
  /** Cases that an account may open within an hour. */
  casesPerHour: number;
  /** Attachment sets that an account may begin within an hour: AWS says neither how many nor how long. */
  setsPerHour: number;
  /** DescribeAttachment, likewise. */
  attachmentsPerHour: number;
  /** How many of the next events get lost. */
  lostEvents: number;
  /** Whether an event says `muen` in the case id where the API has another language: public code has met this. */
  foreignIds: boolean;
  /** Whether uploads that are complete turn out `failed`. */
  uploadsFail: boolean;
}

/** The quotas of the General Reference as of 2022; the newer pages have none. */
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
