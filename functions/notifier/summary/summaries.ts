/** What is known of the last summary of a family of events. */
export interface Known {
  /** Of what was summarised: the same for two cards that differ in nothing but times. */
  print: string;
  /** Absent when there was nothing to show. */
  words?: string;
  /** In ms since 1970: until then somebody may still be asking for it. */
  busyUntil: number;
}

/** What has been summarised lately, shared by every notifier that runs. */
export interface Summaries {
  /** Undefined: nobody has summarised this family lately, and now it is ours to. @param until ms since 1970: how long that is lately */
  claim(family: string, ours: Known, until: number): Promise<Known | undefined>;
  keep(family: string, known: Known, until: number): Promise<void>;
}
