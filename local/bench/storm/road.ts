import type { AwsEvent } from '../../../plugins/formatter';
import type { PlatformName } from '../../chat/platforms';
import type { Message, Room } from '../../chat/rooms';
import type { Clock } from '../../clock';
import type { Asked } from './ledger';
import type { Kept } from './outbox';

/** The platforms with one room each that is told. */
export const TOLD: readonly PlatformName[] = ['dingtalk', 'feishu', 'slack'];

/** A way from an event to the chats. */
export interface Road {
  readonly rooms: readonly Room[];
  readonly clock: Clock;
  /** Called for every message that a room shows. */
  onMessage(listener: (room: Room, message: Message) => void): void;
  /** Sends one event, as its sender would. */
  send(event: AwsEvent): Promise<unknown>;
  /** Sends one of many, at once: an AWS service says so. */
  emit(event: AwsEvent): void;
  /** Resolves when nothing is under way any more, or after so many real milliseconds. */
  idle(patience: number): Promise<void>;
  /** Whether what is not under way may still come. */
  readonly triesAgain: boolean;
  /** What is kept of every event; undefined where nothing is. */
  kept(): Promise<readonly Kept[] | undefined>;
  /** What was asked of AWS so far. */
  asked?(): Promise<Asked>;
  /** What comes every minute, whether anything happens or not. */
  sweep?(): Promise<unknown>;
  close(): Promise<void>;
}
