import { DescribeTimeToLiveCommand, ScanCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { type CasesTable, openCasesTable, TableName } from './cases-table';

let table: CasesTable;

beforeEach(async () => {
  table = await openCasesTable();
});

afterEach(async () => {
  await table.close();
  expect(table.log).toEqual([]);
});

describe('time to live', () => {
  const enable = (Enabled: boolean) =>
    table.client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName: 'expires' } }),
    );

  it('is switched on and off once', async () => {
    await expect(enable(false)).rejects.toThrow('already disabled');
    await enable(true);
    await expect(enable(true)).rejects.toThrow('already enabled');
    const { TimeToLiveDescription } = await table.client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    await enable(false);
  });

  it('removes what has expired, and only that', async () => {
    await enable(true);
    const inSeconds = (seconds: number) => ({ expires: { N: String(Math.floor(table.now() / 1000) + seconds) } });
    await table.put('past', inSeconds(-1));
    await table.put('future', inSeconds(60));
    await table.put('never');
    await table.put('ancient', { expires: { N: '1' } });
    await table.put('word', { expires: { S: 'soon' } });
    expect(await table.database.sweep()).toBe(1);
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName }));
    expect(Items.map(({ pk }) => pk?.S).sort()).toEqual(['ancient', 'future', 'never', 'word']);
    table.pass(61_000);
    expect(await table.database.sweep()).toBe(1);
  });
});
