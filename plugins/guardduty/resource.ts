import type { Locale, LocalizedText } from '../formatter';
import { entry, type Json, list, text } from '../json';

interface Kind {
  name: LocalizedText;
  /** Its ids and names, the most specific one first. */
  ids(resource: Json): unknown[];
}

/** By `resource.resourceType`; the fields are those of "Resource" in the GuardDuty API Reference. */
const KINDS: Record<string, Kind> = {
  Instance: {
    name: { en: 'EC2 instance', 'zh-CN': 'EC2 实例' },
    ids: ({ instanceDetails: its }) => [its?.instanceId, ...tagsOf(its), its?.instanceType, ...addressesOf(its)],
  },
  AccessKey: {
    name: { en: 'credentials', 'zh-CN': 'IAM 凭证' },
    ids: ({ accessKeyDetails: its }) => [its?.userName ?? its?.principalId, its?.userType, its?.accessKeyId],
  },
  S3Bucket: { name: { en: 'S3 bucket', 'zh-CN': 'S3 存储桶' }, ids: bucketsOf },
  S3Object: { name: { en: 'S3 object', 'zh-CN': 'S3 对象' }, ids: bucketsOf },
  EKSCluster: {
    name: { en: 'EKS cluster', 'zh-CN': 'EKS 集群' },
    ids: ({ eksClusterDetails: its, kubernetesDetails }) => [its?.name, ...workloadOf(kubernetesDetails)],
  },
  ECSCluster: {
    name: { en: 'ECS cluster', 'zh-CN': 'ECS 集群' },
    ids: ({ ecsClusterDetails: its }) => [its?.name, its?.taskDetails?.arn, ...imagesOf(its?.taskDetails)],
  },
  Container: {
    name: { en: 'container', 'zh-CN': '容器' },
    ids: ({ containerDetails: its }) => [its?.name, its?.image],
  },
  Lambda: {
    name: { en: 'Lambda function', 'zh-CN': 'Lambda 函数' },
    ids: ({ lambdaDetails: its }) => [its?.functionName, its?.functionVersion, its?.role],
  },
  RDSDBInstance: {
    name: { en: 'RDS database', 'zh-CN': 'RDS 数据库' },
    ids: ({ rdsDbInstanceDetails: its }) => [its?.dbInstanceIdentifier, its?.dbClusterIdentifier, its?.engine],
  },
  RDSLimitlessDB: {
    name: { en: 'RDS Limitless database', 'zh-CN': 'RDS Limitless 数据库' },
    ids: ({ rdsLimitlessDbDetails: its }) => [its?.dbShardGroupIdentifier, its?.dbClusterIdentifier],
  },
};

/** The affected resource: its kind and its ids. */
export interface Resource {
  type?: string;
  name: string;
  ids: string[];
}

export function resourceOf(resource: Json | undefined, locale: Locale): Resource {
  const type = text(resource?.resourceType);
  const kind = entry(KINDS, type);
  const ids = resource ? (kind?.ids(resource) ?? backupsOf(resource)) : [];
  return { type, name: kind ? locale.t(kind.name) : (type ?? ''), ids: ids.flatMap((id) => text(id) ?? []) };
}

function tagsOf(its: Json | undefined): string[] {
  return list(its?.tags).flatMap((tag) => (text(tag.key) ? [`${text(tag.key)}=${text(tag.value) ?? ''}`] : []));
}

function addressesOf(its: Json | undefined): unknown[] {
  return list(its?.networkInterfaces).flatMap((its) => [
    its.publicIp,
    its.privateIpAddress,
    its.vpcId,
    ...list(its.securityGroups).map((group) => group.groupId),
  ]);
}

function bucketsOf(resource: Json): unknown[] {
  return list(resource.s3BucketDetails).flatMap((bucket) => [
    bucket.name ?? bucket.arn,
    ...list(bucket.s3ObjectDetails).map((object) => object.key),
    bucket.publicAccess?.effectivePermission,
  ]);
}

function workloadOf(its: Json | undefined): unknown[] {
  const { kubernetesWorkloadDetails: workload, kubernetesUserDetails: user } = its ?? {};
  const path = [workload?.type, workload?.namespace, workload?.name].flatMap((part) => text(part) ?? []).join('/');
  return [path, ...imagesOf(workload), user?.username];
}

function imagesOf(its: Json | undefined): unknown[] {
  return list(its?.containers).map((container) => container.image ?? container.name);
}

/** Malware scans of backups name what they scanned by its ARN. */
function backupsOf({ ebsSnapshotDetails, ec2ImageDetails, recoveryPointDetails }: Json): unknown[] {
  return [ebsSnapshotDetails?.snapshotArn, ec2ImageDetails?.imageArn, recoveryPointDetails?.recoveryPointArn];
}
