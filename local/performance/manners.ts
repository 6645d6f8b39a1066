import type { BotPlatformName } from '../chat/workspace';
import { numberOf, type Stage } from './stage';

/** What differs between the platforms, for the person who uses the bot. */
export interface Manner {
  readonly subject: string;
  /** What the person looks up, and the code that should be found. */
  readonly wanted: string;
  readonly serviceCode: string;
  /** Whether there are forms to fill in; elsewhere the text form is typed. */
  readonly forms: boolean;
  /** The id of the case's own place; undefined where it has none, and is called by its number. */
  home(stage: Stage): string | undefined;
}

export const MANNERS: Readonly<Record<BotPlatformName, Manner>> = {
  dingtalk: {
    subject: '函数超时增多',
    wanted: '函数',
    serviceCode: 'aws-lambda',
    forms: false,
    home: () => undefined,
  },
  feishu: {
    subject: 'EC2 实例连不上',
    wanted: 'EC2',
    serviceCode: 'amazon-elastic-compute-cloud-linux',
    forms: true,
    home: (stage) =>
      stage.workplace.conversations.find(({ name }) => name === `${numberOf(stage)}-${stage.subject}`)?.id,
  },
  /** Any message can begin a thread: here it is the case's card. */
  slack: {
    subject: 'S3 上传变慢',
    wanted: 's3',
    serviceCode: 'amazon-simple-storage-service',
    forms: true,
    home: (stage) => stage.room.posts.find(({ view }) => view.title.includes(numberOf(stage)))?.id,
  },
};
