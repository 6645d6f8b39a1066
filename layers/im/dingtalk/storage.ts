import { DeliveryError } from '../errors';
import { isOnHosts } from '../http';

/**
 * Where DingTalk keeps what people share. The document's sample is on a host that begins with `wukong-`; in logs of 2025 and
 * 2026 it is `wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com`. Other Regions have other buckets, and its media have
 * hosts below dingtalk.com.
 */
export const STORAGE_HOSTS = ['*.aliyuncs.com', '*.dingtalk.com'];
/** Of Alibaba Cloud a bucket, from outside: nothing else there is of use. */
const BUCKET = /^[a-z0-9-]+\.oss-[a-z0-9-]+(?<!-internal)\.aliyuncs\.com$/;

/**
 * The temporary address of something shared (`downloadUrl`). The document's sample is http: it is asked for by https, which
 * the signature in its query does not cover. Throws DeliveryError: organisations with a storage of their own have any host.
 */
export function storageUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) throw new DeliveryError('dingtalk', { reason: 'it gave no address of the file', retryable: true });
  if (url.protocol === 'http:') url.protocol = 'https:';
  if (isOnHosts(url, STORAGE_HOSTS) && (BUCKET.test(url.host) || !url.host.endsWith('.aliyuncs.com'))) return url;
  const reason = `the organisation keeps its files on a host that is not DingTalk's (${url.hostname}), and nothing is fetched from there; attach the file in the AWS console`;
  throw new DeliveryError('dingtalk', { reason, code: 'host', retryable: false });
}
