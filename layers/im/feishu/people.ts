import type { User } from '../chat-app';
import type { Api } from './api';
import { isId, listInside, textInside } from './inside';

/** Who has this e-mail address or mobile number (with `+` and country where it is not a Chinese one): page "通过手机号或邮箱获取用户 ID". Throws DeliveryError. */
export async function lookUp(api: Api, handle: { email: string } | { mobile: string }): Promise<User | undefined> {
  const body = 'email' in handle ? { emails: [handle.email] } : { mobiles: [handle.mobile] };
  const path = 'contact/v3/users/batch_get_id';
  const answer = await api({ method: 'POST', path, query: { user_id_type: 'open_id' }, body });
  // Somebody who is not found is in the list too, without a user_id.
  const ids = listInside(answer, 'data', 'user_list').map((user) => textInside(user, 'user_id'));
  const id = ids.find(isId);
  return id ? { id } : undefined;
}

/** What somebody is called: page "获取单个用户信息", which takes the permission contact:user.base:readonly. Throws DeliveryError. */
export async function nameOf(api: Api, id: string): Promise<string | undefined> {
  if (!isId(id)) return undefined;
  const path = `contact/v3/users/${encodeURIComponent(id)}`;
  const answer = await api({ method: 'GET', path, query: { user_id_type: 'open_id' } });
  return textInside(answer, 'data', 'user', 'name') || undefined;
}
