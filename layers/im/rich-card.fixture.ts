import type { Card } from './card';

/** A card with everything that a webhook can show. */
export const RICH: Card = {
  title: 'i-0abc stopped',
  severity: 'critical',
  text: '**Now**: `i-0abc` stopped.\n- see the [runbook](https://wiki.example/ec2)',
  facts: [
    { label: '账号', value: '123456789012' },
    { label: 'Bucket', value: 's3://my_bucket/*' },
  ],
  quote: 'Hardware *degraded*.\n  See https://aws.example/a_b.\n<!channel> @all',
  links: [{ label: 'Console', url: 'https://console.example/?a=1&b=2' }],
  buttons: [{ label: 'Close', command: 'close 42' }],
};

export const CALLING: Card = {
  title: 't',
  severity: 'info',
  links: [{ label: 'Console', url: 'https://console.example/' }],
  mentions: [{ id: 'U0ABC', name: 'Li' }, { mobile: '13800000000' }, { everyone: true }, { id: 'not <an> id' }],
};
