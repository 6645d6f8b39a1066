import { field, isLoose, type Loose, type Shape, textOf } from './shape';

/** An SNS message: as Lambda gets it (`Sns` in a record) and as SQS and HTTP get it (the notification envelope). */
export const sns: Shape = {
  fits: (found) => isLoose(field(found, 'Sns')) || isNotification(found),
  read: (found, hints) => {
    const inner = field(found, 'Sns');
    const message = isLoose(inner) ? inner : found;
    return {
      inside: field(message, 'Message') ?? '',
      hints: {
        id: textOf(message, 'MessageId') || hints.id,
        time: textOf(message, 'Timestamp') || hints.time,
        subject: textOf(message, 'Subject') || undefined,
        topic: textOf(message, 'TopicArn') || textOf(found, 'EventSubscriptionArn') || undefined,
      },
    };
  },
};

/** A bare {Subject, Message} counts too: it is what people type when they try a topic by hand. */
function isNotification(found: Loose): boolean {
  const speaks = typeof field(found, 'Message') === 'string';
  const marked = textOf(found, 'Type') === 'Notification' || field(found, 'TopicArn') !== undefined;
  return speaks && (marked || (field(found, 'Subject') !== undefined && Object.keys(found).length <= 3));
}
