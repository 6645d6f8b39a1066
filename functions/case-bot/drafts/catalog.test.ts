import { pick, search } from './catalog';

const SERVICES = [
  ['amazon-elastic-compute-cloud-linux', 'Elastic Compute Cloud (EC2 - Linux)'],
  ['amazon-elastic-compute-cloud-windows', 'Elastic Compute Cloud (EC2 - Windows)'],
  ['amazon-simple-storage-service', 'Simple Storage Service (S3)'],
  ['elastic-load-balancing', 'Elastic Load Balancing'],
  ['amazon-relational-database-service-mysql', 'Relational Database Service (MySQL)'],
  ['aws-lambda', 'Lambda'],
  ['aws-identity-and-access-management', 'Identity and Access Management'],
  ['billing', 'Billing'],
].map(([code = '', name = '']) => ({ code, name }));

it.each([
  ['EC2', 'amazon-elastic-compute-cloud-linux'],
  ['s3', 'amazon-simple-storage-service'],
  ['Ｓ３', 'amazon-simple-storage-service'],
  ['负载均衡', 'elastic-load-balancing'],
  ['ELB', 'elastic-load-balancing'],
  ['rds', 'amazon-relational-database-service-mysql'],
  ['mysql', 'amazon-relational-database-service-mysql'],
  ['iam', 'aws-identity-and-access-management'],
  ['lamda', 'aws-lambda'],
  ['账单', 'billing'],
  ['compute windows', 'amazon-elastic-compute-cloud-windows'],
  ['amazon-simple-storage-service', 'amazon-simple-storage-service'],
])('search() finds "%s" best', (wanted, code) => expect(search(SERVICES, wanted)[0]?.code).toBe(code));

it('search() finds nothing for blanks and nonsense', () => {
  expect(search(SERVICES, '  ')).toEqual([]);
  expect(search(SERVICES, 'zzzzqqqq')).toEqual([]);
});

it('pick() returns an option only if exactly one is meant', () => {
  expect(pick(SERVICES, 'ec2')).toBeUndefined();
  expect(pick(SERVICES, 'lambda')?.code).toBe('aws-lambda');
  expect(pick(SERVICES, 'Elastic Compute Cloud (EC2 - Linux)')?.code).toBe('amazon-elastic-compute-cloud-linux');
});
