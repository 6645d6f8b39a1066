/** The AWS of this machine: emulators on 127.0.0.1, each reached through its own endpoint variable. */
export interface Aws {
  readonly account: string;
  readonly region: string;
  /**
   * What a process needs to use it: AWS_REGION, dummy credentials, AWS_ENDPOINT_URL_<SERVICE> of every emulator, and
   * AWS_ENDPOINT_URL of a listener that refuses, so that nothing can ever reach the real AWS.
   */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}
