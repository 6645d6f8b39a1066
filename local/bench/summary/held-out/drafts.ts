/** Two drafts that are right, for others to differ from. */
export const S3 = {
  subject: 'S3 桶 acme-report-prod 从上海办公室下载缓慢',
  service: 'amazon-simple-storage-service-s3',
  category: 'performance',
  severity: 'normal',
  type: 'technical',
  time: '昨晚 22:40 左右开始',
  resources: 'acme-report-prod（账号 222233334444）',
  region: 'ap-southeast-1',
  symptoms: '从上海办公室下载 200 MB 的文件需要约 15 分钟，平时只要 40 秒；重启路由器无效',
  impact: '约 30 名同事受影响',
};

export const EKS = {
  subject: 'EKS 1.31 cluster payments-eks cannot pull images from ECR',
  service: 'amazon-elastic-kubernetes-service',
  category: 'networking',
  severity: 'normal',
  type: 'technical',
  time: 'Since about 09:00 CET today',
  resources: 'payments-eks, i-0123abcd4567ef890',
  region: 'eu-central-1',
  symptoms: 'Pods hang in ImagePullBackOff with "dial tcp 10.20.30.40:443: i/o timeout".',
  impact: '3 of 5 nodes are affected; about 60% of payments fail.',
};
